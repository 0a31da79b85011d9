package dev.nightjar.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.infrastructure.item.file.builder.FlatFileItemWriterBuilder;
import org.springframework.batch.infrastructure.item.file.mapping.PassThroughLineMapper;
import org.springframework.batch.infrastructure.item.file.transform.PassThroughLineAggregator;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The orders job and a chain of steps as Spring Batch has them, without a store: it then remembers
 * nothing of a run that fails.
 */
final class SpringBatch {

  /** Lines a transaction; larger chunks gain nothing. */
  private static final int CHUNK = 1_000;

  private static final JobRepository REPOSITORY = new ResourcelessJobRepository();

  private SpringBatch() {}

  /** Arguments: the orders and the file to write, or how many steps. */
  public static void main(String[] args) throws Exception {
    Job job = args.length == 2 ? orders(Path.of(args[0]), Path.of(args[1])) : chain(args[0]);
    var operator = new TaskExecutorJobOperator();
    operator.setJobRepository(REPOSITORY);
    operator.setJobRegistry(new MapJobRegistry());
    operator.afterPropertiesSet();
    JobExecution execution = operator.start(job, new JobParameters());
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      throw new IllegalStateException(execution.toString());
    }
  }

  private static Job chain(String steps) {
    SimpleJobBuilder chain = new JobBuilder("chain", REPOSITORY).start(noOperation(0));
    for (int i = 1; i < Integer.parseInt(steps); i++) {
      chain = chain.next(noOperation(i));
    }
    return chain.build();
  }

  private static Step noOperation(int number) {
    return new StepBuilder("s" + number, REPOSITORY)
        .tasklet(
            (contribution, context) -> RepeatStatus.FINISHED, new ResourcelessTransactionManager())
        .build();
  }

  private static Job orders(Path orders, Path kept) throws Exception {
    FlatFileItemReader<String> reader =
        new FlatFileItemReaderBuilder<String>()
            .name("orders")
            .resource(new FileSystemResource(orders))
            .encoding(StandardCharsets.UTF_8.name())
            .comments(new String[0])
            .lineMapper(new PassThroughLineMapper())
            .saveState(false)
            .build();
    Files.deleteIfExists(kept);
    FlatFileItemWriter<String> writer =
        new FlatFileItemWriterBuilder<String>()
            .name("kept")
            .resource(new FileSystemResource(kept))
            .encoding(StandardCharsets.UTF_8.name())
            .lineAggregator(new PassThroughLineAggregator<>())
            .saveState(false)
            .build();
    Step step =
        new StepBuilder("clean", REPOSITORY)
            .<String, String>chunk(CHUNK)
            .transactionManager(new ResourcelessTransactionManager())
            .reader(reader)
            .processor(SpringBatch::selected)
            .writer(writer)
            .build();
    return new JobBuilder("orders", REPOSITORY).start(step).build();
  }

  /** Null for what is set aside, as Spring Batch has it. */
  private static @Nullable String selected(String line) {
    JsonNode order;
    try {
      order = JacksonTrees.JSON.readTree(line);
    } catch (JacksonException malformed) {
      return null;
    }
    return JacksonTrees.isOrder(order)
        ? JacksonTrees.JSON.writeValueAsString(JacksonTrees.selected(order))
        : null;
  }
}
