package dev.nightjar.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears the signals that other processes send.
 *
 * <p>Through {@code sun.misc.Signal}, which the JDK keeps in a module for such uses; a shutdown
 * hook would not do: once it runs a second signal goes unheard, and no step can be waited for
 * without holding up the end of the process. By reflection, because the compiler warns of each
 * mention and can not be told that it is meant.
 */
final class Signals {

  private Signals() {}

  /**
   * Calls the action whenever the signal comes, on a platform thread made for the occasion. Does
   * nothing where there is no such signal, or the machine keeps it for itself: then it ends the
   * process, as it always did.
   *
   * @param name without the leading SIG
   */
  @SuppressWarnings("ReferenceEquality") // what equals() of a proxy is
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  action.run();
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> name;
              };
      Object receiver =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, call);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
    } catch (ReflectiveOperationException e) {
      // Not there, or refused: see above.
    }
  }
}
