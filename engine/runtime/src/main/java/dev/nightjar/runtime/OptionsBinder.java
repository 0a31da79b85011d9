package dev.nightjar.runtime;

import dev.nightjar.model.Step;
import dev.nightjar.model.options.Binding;
import dev.nightjar.model.options.RecordMakers;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.Records;
import dev.nightjar.stage.plugin.OptionsClass;
import dev.nightjar.stage.plugin.Processors;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the processors of a run's steps and binds their options; looks at each class once. */
final class OptionsBinder {

  private final Processors plugins;
  private final Path folder;
  private final RecordMakers makers = new RecordMakers();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** Of a run whose workflow lies in this folder. */
  OptionsBinder(Processors plugins, Path folder) {
    this.plugins = plugins;
    this.folder = folder;
  }

  /** A processor and its options. */
  record Bound(Processor<?> processor, Record options) {}

  private record Known(Processor<?> processor, Class<? extends Record> options) {}

  /** The processor and the options of a step, bound for one execution. */
  Bound bind(Step step, BlockState state) {
    Known one = known(step.processor().name());
    return new Bound(one.processor(), step.options().bind(one.options(), new StateBinding(state)));
  }

  /** Loading a plugin takes long, and others do not wait for it here. */
  private Known known(String name) {
    Known one = known.get(name);
    if (one == null) {
      Processor<?> processor = plugins.processor(name);
      one = new Known(processor, OptionsClass.of(processor));
      known.put(name, one);
    }
    return one;
  }

  private final class StateBinding implements Binding {
    private final BlockState state;

    StateBinding(BlockState state) {
      this.state = state;
    }

    @Override
    public BlockState scope() {
      return state;
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public Records records(String step) {
      return state.spool(step);
    }

    @Override
    public RecordMakers makers() {
      return makers;
    }
  }
}
