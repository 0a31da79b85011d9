package dev.nightjar.spi.build;

import dev.nightjar.spi.ProcessorSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the declarations of a plugin's processors into its jar while it is compiled: {@value
 * #DECLARATIONS} for the engine, which so knows every option without loading a class, and {@value
 * #EXTENSIONS} for PF4J. What is wrong with a declaration is an error of the compilation.
 *
 * <p>The compiler finds it by itself where this jar is on its class path and {@code
 * <proc>full</proc>} is set, or where it is on the processor path.
 */
public final class ProcessorIndexer extends AbstractProcessor {

  static final String DECLARATIONS = "META-INF/nightjar/processors.json";
  static final String EXTENSIONS = "META-INF/extensions.idx";

  /** Counted up when engines that know only older ones would misread the file. */
  private static final int FORMAT = 1;

  private final Map<String, Declared> declared = new TreeMap<>();

  /** For the compiler. */
  public ProcessorIndexer() {}

  /** One processor: the class that declares it and what stands in the file. */
  private record Declared(TypeElement element, String className, ObjectNode json) {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(ProcessorSpec.class.getName());
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    var mistakes = new Mistakes(processingEnv.getMessager());
    var reader = new DeclarationReader(processingEnv, mistakes);
    for (Element element : round.getElementsAnnotatedWith(ProcessorSpec.class)) {
      if (element instanceof TypeElement type) {
        declare(type, reader, mistakes);
      }
    }
    if (round.processingOver() && !round.errorRaised() && !declared.isEmpty()) {
      write();
    }
    return false;
  }

  private void declare(TypeElement type, DeclarationReader reader, Mistakes mistakes) {
    String name = type.getAnnotation(ProcessorSpec.class).name();
    String className = processingEnv.getElementUtils().getBinaryName(type).toString();
    Declared other = declared.putIfAbsent(name, new Declared(type, className, reader.read(type)));
    if (other != null) {
      mistakes.at(type, "`" + name + "` is already the name of " + other.className());
    }
  }

  private void write() {
    ObjectNode file = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
    var processors = file.putArray("processors");
    var extensions = new StringBuilder("# Written by nightjar-spi\n");
    for (Declared one : declared.values()) {
      processors.add(one.json());
      extensions.append(one.className()).append('\n');
    }
    write(DECLARATIONS, file.toPrettyString().replace("\r\n", "\n") + "\n");
    write(EXTENSIONS, extensions.toString());
  }

  private void write(String path, String content) {
    Element[] origins =
        declared.values().stream().map(Declared::element).toArray(TypeElement[]::new);
    Filer filer = processingEnv.getFiler();
    try (var out =
        filer.createResource(StandardLocation.CLASS_OUTPUT, "", path, origins).openWriter()) {
      out.write(content);
    } catch (FilerException alreadyThere) {
      // PF4J's own processor comes along on the processor path and may be first: it lists the same
      // classes, because @ProcessorSpec is an @Extension to it.
      if (!path.equals(EXTENSIONS)) {
        fail(path, alreadyThere);
      }
    } catch (IOException e) {
      fail(path, e);
    }
  }

  private void fail(String path, IOException e) {
    processingEnv
        .getMessager()
        .printMessage(Diagnostic.Kind.ERROR, "cannot write " + path + ": " + e.getMessage());
  }
}
