package dev.nightjar.daemon.trace;

/** Nobody wants traces, or they cannot be delivered as somebody wants them. */
record NoTraces() implements Traces {

  @Override
  public void ended(String run) {}

  @Override
  public void close() {}
}
