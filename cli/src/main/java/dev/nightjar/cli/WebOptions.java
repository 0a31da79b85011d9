package dev.nightjar.cli;

import dev.nightjar.daemon.web.WebSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the daemon's page and API are. */
final class WebOptions {

  private static final int PORT = 8910;
  private static final int PORTS = 65_535;

  static final List<Syntax.Option> ALL =
      List.of(
          Syntax.Option.value("--port", "N", "Where page and API are; default: 8910, 0 for any."),
          Syntax.Option.value(
              "--listen",
              "ADDRESS",
              "The address to listen on; default: the loopback, so this machine alone."),
          Syntax.Option.repeatable(
              "--host",
              "NAME",
              "A name by which it may be called, such as nightjar.example.org; with https://"
                  + " before it when something in front speaks TLS; repeatable."));

  private WebOptions() {}

  static WebSettings of(Arguments arguments) {
    return new WebSettings(
        address(arguments.text("--listen")),
        port(arguments.text("--port")),
        new ArrayList<>(arguments.texts("--host")),
        WebSettings.Limits.DEFAULT);
  }

  private static int port(@Nullable String text) {
    if (text == null) {
      return PORT;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > PORTS) {
      throw new WrongUsage("`--port` needs a number from 0 to 65535, not `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  private static InetAddress address(@Nullable String text) {
    try {
      return text == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new WrongUsage("`--listen` needs an address such as 0.0.0.0, not `" + text + "`");
    }
  }
}
