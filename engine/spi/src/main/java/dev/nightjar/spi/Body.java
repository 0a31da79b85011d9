package dev.nightjar.spi;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The nested steps of a {@link Control}. May be run from several threads at once. */
public interface Body {

  /** The main block, written {@code steps:}. */
  String STEPS = "steps";

  /**
   * The blocks that the step has, in the order written: {@code steps}, {@code else}, {@code catch};
   * a case of {@code cases:} is called {@code cases.NAME}.
   */
  List<String> blocks();

  /**
   * Runs one block to its end.
   *
   * @param bindings names its expressions may use besides the usual ones, such as {@code item}
   * @return the outputs of the block's steps by step id: {@code {"read": {"records": 5}}}
   * @throws BodyFailure when a step of it failed
   * @throws IllegalArgumentException when the step has no such block
   */
  JsonNode run(String block, Map<String, JsonNode> bindings) throws BodyFailure;

  /** The ids of a block's steps in the order written. */
  List<String> steps(String block);

  /**
   * The parts of a block that hang together by their records, each named by its first step: what
   * {@code flow.parallel} runs side by side.
   */
  List<String> branches(String block);

  /**
   * Runs one branch of a block.
   *
   * @return the outputs of the branch's steps by step id
   * @throws BodyFailure when a step of it failed
   */
  JsonNode runBranch(String block, String branch, Map<String, JsonNode> bindings)
      throws BodyFailure;
}
