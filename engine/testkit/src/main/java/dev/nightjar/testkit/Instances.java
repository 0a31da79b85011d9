package dev.nightjar.testkit;

import dev.nightjar.model.options.Catalog;
import dev.nightjar.model.options.OptionDeclarations;
import dev.nightjar.model.options.PluginDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration;
import dev.nightjar.model.options.ProcessorDeclaration.Block;
import dev.nightjar.model.options.ProcessorDeclaration.Output;
import dev.nightjar.model.options.ProcessorDeclaration.Shape;
import dev.nightjar.spi.Control;
import dev.nightjar.spi.Processor;
import dev.nightjar.spi.ProcessorSpec;
import dev.nightjar.spi.RecordProcessor;
import dev.nightjar.spi.StreamProcessor;
import dev.nightjar.spi.Task;
import dev.nightjar.stage.plugin.OptionsClass;
import dev.nightjar.stage.plugin.PluginException;
import dev.nightjar.stage.plugin.PluginVersion;
import dev.nightjar.stage.plugin.Processors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processors at hand, declared by their annotations instead of a jar's file. */
record Instances(Catalog catalog, Map<String, Processor<?>> instances) implements Processors {

  static Instances of(Iterable<Processor<?>> processors) {
    var byName = new LinkedHashMap<String, Processor<?>>();
    var declarations = new ArrayList<ProcessorDeclaration>();
    for (Processor<?> processor : processors) {
      ProcessorDeclaration declaration = declaration(processor);
      declarations.add(declaration);
      byName.put(declaration.name(), processor);
    }
    var plugin = new PluginDeclaration("test", "0", "Processors of a test.", declarations);
    return new Instances(new Catalog(List.of(plugin)), byName);
  }

  @Override
  public Processor<?> processor(String name) {
    Processor<?> known = instances.get(name);
    if (known == null) {
      throw new PluginException("no plugin has the processor `" + name + "`", null);
    }
    return known;
  }

  @Override
  public List<PluginVersion> versions(String name) {
    return List.of(new PluginVersion("test", "0", ""));
  }

  static ProcessorDeclaration declaration(Processor<?> processor) {
    ProcessorSpec spec = processor.getClass().getAnnotation(ProcessorSpec.class);
    if (spec == null) {
      throw new IllegalArgumentException(processor.getClass() + " has no @ProcessorSpec");
    }
    return new ProcessorDeclaration(
        spec.name(),
        spec.summary(),
        shape(processor),
        List.of(spec.accepts()),
        spec.emits(),
        spec.effect(),
        spec.scope(),
        Arrays.stream(spec.blocks()).map(Instances::block).toList(),
        List.of(spec.bindings()),
        Arrays.stream(spec.outputs())
            .map(one -> new Output(one.name(), one.type(), one.summary()))
            .toList(),
        OptionDeclarations.of(OptionsClass.of(processor)),
        processor.getClass().getName());
  }

  private static Shape shape(Processor<?> processor) {
    return switch (processor) {
      case RecordProcessor<?> each -> Shape.RECORD;
      case StreamProcessor<?> stream -> Shape.STREAM;
      case Task<?> task -> Shape.TASK;
      case Control<?> control -> Shape.CONTROL;
    };
  }

  private static Block block(String written) {
    return written.endsWith("?")
        ? new Block(written.substring(0, written.length() - 1), false)
        : new Block(written, true);
  }
}
