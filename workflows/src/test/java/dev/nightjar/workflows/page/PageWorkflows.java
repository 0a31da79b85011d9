package dev.nightjar.workflows.page;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Workflows that show on the page what the examples do not. */
final class PageWorkflows {

  /** An input of each type. */
  static final String INPUTS =
      """
      name: inputs
      description: Take a value of each type.
      inputs:
        title: {type: string, required: true, pattern: "[a-z]+", description: In small letters.}
        n: {type: integer, default: 3, min: 1, max: 9}
        ratio: {type: number, default: 0.5}
        deep: {type: boolean, default: true}
        day: {type: date, default: 2026-11-19}
        at: {type: datetime, default: "2026-11-19T08:00:00Z"}
        wait: {type: duration, default: 1s}
        where: {type: path, default: out.txt}
        data: {type: json, default: {a: 1}}
        names: {type: list, default: [x, y]}
        mode: {type: string, enum: [fast, slow], default: fast}
        key: {type: secret}
      steps:
        - id: said
          uses: flow.log
          with: {message: "said ${{ inputs.title }} ${{ inputs.n }} ${{ inputs.mode }}"}
      """;

  /** Goes on until it is cancelled. */
  static final String SLOW =
      """
      name: slow
      steps:
        - {id: hello, uses: flow.log, with: {message: "<img src=x onerror=alert(1)> & more"}}
        - {id: asleep, uses: flow.sleep, with: {duration: 10m}}
        - {id: after, uses: flow.log, with: {message: never}}
      """;

  /** Ten thousand items, each with a line in the log. */
  static final String MANY =
      """
      name: many
      steps:
        - id: each
          uses: flow.foreach
          with: {in: [%s], max_parallel: 4}
          steps:
            - {id: line, uses: flow.log, with: {message: "item ${{ item }}"}}
      """
          .formatted(
              IntStream.range(0, 9_900)
                  .mapToObj(String::valueOf)
                  .collect(Collectors.joining(", ")));

  /** More steps than anybody looks at. */
  static final String STEPS =
      IntStream.range(0, 1_000)
          .mapToObj("  - {id: s%d, uses: flow.set, with: {values: {a: 1}}}\n"::formatted)
          .collect(Collectors.joining("", "name: steps\nsteps:\n", ""));

  /** Comes at night. */
  static final String TIMED =
      """
      name: timed
      triggers:
        - {id: nightly, cron: "30 2 * * *", timezone: Europe/Berlin}
        - {id: often, cron: "*/5 * * * *", timezone: Europe/Berlin, enabled: false}
      steps:
        - {id: hello, uses: flow.log, with: {message: hello}}
      """;

  /** Says a word that nobody knows. */
  static final String BROKEN =
      """
      name: broken
      steps:
        - uses: flow.log
          with: {mesage: hello}
      """;

  private PageWorkflows() {}
}
