package dev.nightjar.runtime.plan;

import dev.nightjar.model.Workflow;

/** The plans of a workflow's blocks. */
public record WorkflowPlan(Plan steps, Plan onFailure, Plan onSuccess, Plan finallySteps) {

  /** Joins the steps of each block. */
  public static WorkflowPlan of(Workflow workflow) {
    return new WorkflowPlan(
        Plan.of(workflow.steps()),
        Plan.of(workflow.onFailure()),
        Plan.of(workflow.onSuccess()),
        Plan.of(workflow.finallySteps()));
  }
}
