package dev.nightjar.spi.build;

import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** What is wrong with a declaration, told by the compiler at the element that has to change. */
final class Mistakes {

  private final Messager messager;

  Mistakes(Messager messager) {
    this.messager = messager;
  }

  void at(Element element, String message) {
    messager.printMessage(Diagnostic.Kind.ERROR, message, element);
  }

  void unless(boolean holds, Element element, String message) {
    if (!holds) {
      at(element, message);
    }
  }
}
