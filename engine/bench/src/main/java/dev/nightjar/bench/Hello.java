package dev.nightjar.bench;

/** The least that a JVM can do for somebody. */
final class Hello {

  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
