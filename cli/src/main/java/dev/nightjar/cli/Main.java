package dev.nightjar.cli;

import dev.nightjar.cli.display.Visible;
import dev.nightjar.daemon.RefusedException;
import dev.nightjar.model.diagnostic.Suggestions;
import dev.nightjar.runtime.journal.JournalException;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.store.HeldException;
import dev.nightjar.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the process begins: finds the command, and turns whatever happens into an exit code. */
public final class Main {

  /** What launcher and machine tell; read nowhere else, so that tests can say otherwise. */
  private static final List<String> PROPERTIES =
      List.of("nightjar.terminal", "nightjar.unicode", "nightjar.plugins", "os.name", "user.home");

  private final Console console;

  private Main(Console console) {
    this.console = console;
  }

  /** Runs one command and ends the process. */
  public static void main(String[] arguments) {
    // PF4J logs as soon as it is loaded; nothing is configured before that.
    System.setProperty("java.util.logging.config.class", LogLines.class.getName());
    // SLF4J would look for one in every jar, and says what it does instead.
    System.setProperty("slf4j.provider", LogProvider.class.getName());
    System.setProperty("slf4j.internal.verbosity", "WARN");
    spareCarriers();
    Map<String, String> properties = new HashMap<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    var console =
        new Console(
            System.in,
            stream(FileDescriptor.out, "stdout.encoding"),
            stream(FileDescriptor.err, "stderr.encoding"),
            System.getenv(),
            properties,
            true);
    var main = new Main(console);
    int code =
        Boolean.getBoolean("nightjar.rehearsal")
            ? main.rehearse(List.of(arguments))
            : main.execute(List.of(arguments));
    // exit() looks for a logger first, in every jar; where nothing is left the process ends so,
    // too.
    if (code != ExitCode.SUCCEEDED || othersHoldTheProcess()) {
      System.exit(code);
    }
  }

  /** Whether a thread is left that Java waits for before it ends: a plugin may have started one. */
  private static boolean othersHoldTheProcess() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    var threads = new Thread[2 * all.activeCount() + 1];
    int count = all.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (!threads[i].isDaemon() && !threads[i].equals(Thread.currentThread())) {
        return true;
      }
    }
    return count == threads.length;
  }

  /**
   * Runs several commands, {@code :} between them, so that a start-up cache, which one process
   * makes, holds what they all use. For the build alone.
   */
  private int rehearse(List<String> commands) {
    int code = ExitCode.SUCCEEDED;
    int from = 0;
    for (int i = 0; i <= commands.size(); i++) {
      if (i == commands.size() || commands.get(i).equals(":")) {
        code = Math.max(code, execute(commands.subList(from, i)));
        from = i + 1;
      }
    }
    return code;
  }

  /**
   * Gives virtual threads more carriers than there are cores: steps that compute without giving way
   * hold one each, and would silence all others. Read once, when the first virtual thread starts.
   */
  private static void spareCarriers() {
    String name = "jdk.virtualThreadScheduler.parallelism";
    if (System.getProperty(name) == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      System.setProperty(name, String.valueOf(Math.max(cores + 6, 2 * cores)));
    }
  }

  /** Buffered: what is printed as one goes out as one, each printer flushes what it has said. */
  private static PrintStream stream(FileDescriptor descriptor, String encoding) {
    Charset charset =
        Charset.forName(System.getProperty(encoding, "UTF-8"), Charset.defaultCharset());
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13), false, charset);
  }

  /**
   * Runs one command without ending the process.
   *
   * @return the exit code
   */
  public static int execute(
      String[] arguments,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment) {
    return new Main(new Console(in, out, err, environment, Map.of(), false))
        .execute(Arrays.asList(arguments));
  }

  private int execute(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (WrongUsage e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.WRONG_USAGE;
    } catch (RefusedException e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.WRONG_USAGE;
    } catch (PluginException e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.PLUGIN;
    } catch (HeldException e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.HELD;
    } catch (StoreException e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.DISK;
    } catch (JournalException e) {
      console.error(Visible.line(String.valueOf(e.getMessage())));
      return ExitCode.of(e.why());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } catch (OutOfMemoryError e) {
      console.error("out of memory; give it more, for example with NIGHTJAR_OPTS=-Xmx2g");
      return ExitCode.FAILED;
    } catch (RuntimeException | Error e) {
      console.error("this is a bug in Nightjar; please report it with what follows");
      e.printStackTrace(console.err());
      return ExitCode.BUG;
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  private int dispatch(List<String> arguments) throws InterruptedException {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    switch (first) {
      case "" -> {
        console.err().print(Commands.overview());
        return ExitCode.WRONG_USAGE;
      }
      case "-h", "--help", "help" -> {
        return help(arguments.subList(1, arguments.size()));
      }
      case "-V", "--version", "version" -> {
        console.print(Version.text() + "\n");
        return ExitCode.SUCCEEDED;
      }
      default -> {}
    }
    Optional<Command> found = Commands.find(arguments);
    if (found.isEmpty()) {
      throw unknown(arguments);
    }
    return run(found.get(), arguments);
  }

  private int run(Command command, List<String> arguments) throws InterruptedException {
    int words = command.name().split(" ", -1).length;
    var syntax = new Syntax(command);
    Arguments parsed = syntax.parse(arguments.subList(words, arguments.size()));
    if (parsed.asksForHelp()) {
      console.print(syntax.help());
      return ExitCode.SUCCEEDED;
    }
    return command.run(parsed, console);
  }

  private int help(List<String> topic) throws InterruptedException {
    Optional<Command> command = Commands.find(topic);
    console.print(command.isPresent() ? new Syntax(command.get()).help() : Commands.overview());
    return ExitCode.SUCCEEDED;
  }

  private static WrongUsage unknown(List<String> arguments) {
    String first = arguments.get(0);
    String help = "see `nightjar --help`";
    if (first.startsWith("-")) {
      String hint = Suggestions.hint(first, List.of("--help", "--version"), help);
      return new WrongUsage("there is no option `" + first + "`; " + hint);
    }
    List<String> group = Commands.group(first);
    if (!group.isEmpty()) {
      return subcommand(first, arguments, group);
    }
    List<String> names = new ArrayList<>(Commands.names());
    return new WrongUsage(
        "there is no command `" + first + "`; " + Suggestions.hint(first, names, help));
  }

  private static WrongUsage subcommand(String first, List<String> arguments, List<String> group) {
    String choices = "use `" + String.join("` or `", group) + "`";
    if (arguments.size() < 2) {
      return new WrongUsage("`nightjar " + first + "` needs one more word; " + choices);
    }
    String typed = first + " " + arguments.get(1);
    return new WrongUsage(
        "there is no command `" + typed + "`; " + Suggestions.hint(typed, group, choices));
  }
}
