package dev.nightjar.bench;

import dev.nightjar.bench.crash.Nightjar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A daemon of the distribution as another process, and one who asks it over HTTP. */
final class Served implements AutoCloseable {

  private static final Pattern SERVES = Pattern.compile("serves (\\d+) workflow files .*:(\\d+)/");
  private static final Duration START = Duration.ofMinutes(2);

  /** The kernel counts processor time in hundredths of a second. */
  private static final double TICKS = 100;

  private final Nightjar process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  private Served(Nightjar process, String address, String token) {
    this.process = process;
    this.address = address;
    this.token = token;
  }

  /**
   * Starts it, and waits until it serves.
   *
   * @throws IllegalStateException when it does not, or not so many workflows
   */
  static Served start(Path distribution, ServedFolder folder, int workflows)
      throws IOException, InterruptedException {
    var process =
        Nightjar.start(
            distribution,
            folder.root(),
            "serve",
            Map.of(),
            List.of(
                "serve",
                folder.workflows().toString(),
                "--port",
                "0",
                "--plugins",
                folder.plugins().toString()));
    try {
      Matcher serves = awaitServing(process);
      if (Integer.parseInt(serves.group(1)) != workflows || process.printed().contains("WARNING")) {
        throw new IllegalStateException("not all is served:\n" + process.printed());
      }
      Path tokens = folder.workflows().resolve(".nightjar").resolve("tokens.json");
      String token =
          JsonMapper.shared().readTree(Files.readString(tokens)).path("operator").asString();
      return new Served(process, "http://127.0.0.1:" + serves.group(2), token);
    } catch (RuntimeException | IOException failed) {
      process.close();
      throw failed;
    }
  }

  private static Matcher awaitServing(Nightjar process) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < START.toNanos()) {
      Matcher serves = SERVES.matcher(process.printed());
      if (serves.find()) {
        return serves;
      }
      if (process.ends(Duration.ofMillis(20))) {
        break;
      }
    }
    throw new IllegalStateException("it does not serve: " + process + process.printed());
  }

  /** The body of an answer that is well. */
  String get(String path, String accept) throws IOException, InterruptedException {
    return send(request(path).header("Accept", accept).GET());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(path, "application/json"));
  }

  /** Starts a run; returns its id. */
  String run(String workflow) throws IOException, InterruptedException {
    String answer =
        send(
            request("/api/v1/workflows/" + workflow + "/runs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\": {}}")));
    return JsonMapper.shared().readTree(answer).path("run").asString();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(answer.uri() + ": " + answer.body());
    }
    return answer.body();
  }

  /** What it has in memory now, in bytes. */
  double resident() throws IOException {
    for (String line : Files.readAllLines(proc("status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
      }
    }
    throw new IllegalStateException("no VmRSS");
  }

  /** Seconds in user and system mode since it was started. */
  double cpu() throws IOException {
    String stat = Files.readString(proc("stat"));
    // Its name, in parentheses, may hold spaces; user and system time are the 14th and 15th.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  private Path proc(String file) {
    return Path.of("/proc", String.valueOf(process.pid()), file);
  }

  static void rest(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    client.close();
    process.close();
  }
}
