package dev.nightjar.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pf4j.Extension;
import org.pf4j.ExtensionPoint;

/** The rules of the code base that a program can check. Tests are not their subject. */
class ArchitectureTest {

  private static final String PLUGINS = "dev.nightjar.plugin..";
  private static final String SPI = "dev.nightjar.spi..";

  /** Builds {@code Surroundings} for real; everybody else is given time, chance and sleep. */
  private static final String SURROUNDINGS_MAKER = "dev.nightjar.cli.Machine";

  /** The sign of a processor, and what asks the compiler for an index of those that carry it. */
  private static final DescribedPredicate<JavaClass> PF4J_MARKERS =
      type(ExtensionPoint.class).or(type(Extension.class)).as("PF4J's markers");

  private static JavaClasses code;

  @BeforeAll
  static void read() throws IOException {
    List<Path> folders = new ArrayList<>(List.of(compiled("cli")));
    for (String parent : List.of("engine", "plugins")) {
      try (Stream<Path> modules = Files.list(CommandLine.CLONE.resolve(parent))) {
        modules
            // It measures, so it reads the clock.
            .filter(module -> !module.endsWith("bench"))
            .filter(module -> Files.exists(module.resolve("pom.xml")))
            .map(module -> compiled(parent + "/" + module.getFileName()))
            .forEach(folders::add);
      }
    }
    assertThat(folders).allSatisfy(folder -> assertThat(folder).isDirectory());
    code = new ClassFileImporter().importPaths(folders);
  }

  private static Path compiled(String module) {
    return CommandLine.CLONE.resolve(module).resolve("target/classes");
  }

  @Test
  void modulesPointOneWay() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("spi")
            .definedBy(SPI)
            .layer("model")
            .definedBy("dev.nightjar.model..")
            .layer("stage")
            .definedBy("dev.nightjar.stage..")
            .layer("runtime")
            .definedBy("dev.nightjar.runtime..")
            .layer("store")
            .definedBy("dev.nightjar.store..")
            .layer("daemon")
            .definedBy("dev.nightjar.daemon..")
            .layer("testkit")
            .definedBy("dev.nightjar.testkit..")
            .layer("cli")
            .definedBy("dev.nightjar.cli..")
            .layer("plugins")
            .definedBy(PLUGINS)
            .whereLayer("spi")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayOnlyAccessLayers("spi")
            .whereLayer("stage")
            .mayOnlyAccessLayers("spi", "model")
            .whereLayer("runtime")
            .mayOnlyAccessLayers("spi", "model", "stage")
            .whereLayer("store")
            .mayOnlyAccessLayers("spi", "model", "stage", "runtime")
            .whereLayer("daemon")
            .mayOnlyAccessLayers("spi", "model", "stage", "runtime", "store")
            .whereLayer("testkit")
            .mayOnlyAccessLayers("spi", "model", "stage", "runtime", "store")
            .whereLayer("cli")
            .mayOnlyAccessLayers("spi", "model", "stage", "runtime", "store", "daemon")
            .whereLayer("plugins")
            .mayOnlyAccessLayers("spi"));
  }

  @Test
  void everyClassHasItsModule() {
    check(
        classes()
            .should()
            .resideInAnyPackage(
                SPI,
                "dev.nightjar.model..",
                "dev.nightjar.stage..",
                "dev.nightjar.runtime..",
                "dev.nightjar.store..",
                "dev.nightjar.daemon..",
                "dev.nightjar.testkit..",
                "dev.nightjar.cli..",
                PLUGINS));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.nightjar.(**)").should().beFreeOfCycles());
  }

  @Test
  void pluginsDoNotSeeEachOther() {
    check(slices().matching("dev.nightjar.plugin.(*)..").should().notDependOnEachOther());
  }

  @Test
  void pluginsTakeNothingFromTheEngineButTheSpi() {
    check(
        noClasses()
            .that()
            .resideInAPackage(PLUGINS)
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.nightjar..").and(not(resideInAnyPackage(PLUGINS, SPI))))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.nightjar.spi.build..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j.."));
  }

  @Test
  void theSpiNeedsLittle() {
    String[] few = {
      SPI,
      "java..",
      "org.jspecify.annotations..",
      "org.slf4j..",
      "tools.jackson.core..",
      "tools.jackson.databind..",
    };
    check(
        classes()
            .that()
            .resideInAPackage(SPI)
            .and()
            .resideOutsideOfPackage("dev.nightjar.spi.build..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(few).or(PF4J_MARKERS)));
    check(
        classes()
            .that()
            .resideInAPackage("dev.nightjar.spi.build..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(few)
                    .or(
                        resideInAnyPackage(
                            "javax.annotation.processing..",
                            "javax.lang.model..",
                            "javax.tools.."))));
  }

  @Test
  void onePackageKnowsTheYamlLibrary() {
    onlyKnownTo(
        "dev.nightjar.model.yaml", "tools.jackson.dataformat..", "org.snakeyaml..", "org.yaml..");
  }

  @Test
  void onePackageKnowsPf4j() {
    check(
        noClasses()
            .that(not(resideInAPackage("dev.nightjar.stage.plugin")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.pf4j..").and(not(PF4J_MARKERS))));
  }

  @Test
  void onePackageKnowsTheDatabases() {
    onlyKnownTo(
        "dev.nightjar.store", "java.sql..", "org.sqlite..", "org.postgresql..", "com.zaxxer..");
  }

  @Test
  void onePackageKnowsTheHttpServer() {
    onlyKnownTo("dev.nightjar.daemon.web", "org.eclipse.jetty..", "com.sun.net.httpserver..");
  }

  @Test
  void onePackageKnowsOpenTelemetry() {
    onlyKnownTo("dev.nightjar.daemon.trace", "io.opentelemetry..");
  }

  @Test
  void oneClassKnowsPicocli() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.nightjar.cli.PicocliSyntax")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
  }

  private static void onlyKnownTo(String owner, String... library) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(owner)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(library));
  }

  @Test
  void nobodyUsesKotlin() {
    check(noClasses().should().dependOnClassesThat().resideInAnyPackage("kotlin..", "kotlinx.."));
  }

  @Test
  void timeChanceAndSleepAreGiven() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SURROUNDINGS_MAKER)
            .should()
            .accessTargetWhere(new AsksTheMachine()));
  }

  /** A call, or a reference to a method, that asks the machine for the time or for chance. */
  private static final class AsksTheMachine extends DescribedPredicate<JavaAccess<?>> {

    private static final Set<String> CLOCKS =
        Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.concurrent.TimeUnit.sleep",
            "java.time.InstantSource.system",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.Calendar.getInstance",
            "java.security.SecureRandom.<init>",
            "java.util.Date.<init>");

    AsksTheMachine() {
      super("the machine's clock, chance or sleep");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
      String owner = access.getTargetOwner().getFullName();
      String name = access.getName();
      boolean now = owner.startsWith("java.time.") && name.equals("now");
      boolean clock =
          owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick"));
      // With a seed it is given; without it is drawn.
      boolean unseeded =
          Set.of("java.util.Random", "java.util.SplittableRandom").contains(owner)
              && name.equals("<init>")
              && access.getTarget().getFullName().endsWith("<init>()");
      return now || clock || unseeded || CLOCKS.contains(owner + "." + name);
    }
  }

  @Test
  void noStaticStateChanges() {
    check(fields().that().areStatic().should().beFinal());
    check(
        fields()
            .that()
            .areStatic()
            .and(not(new MadeByTheCompiler()))
            .should()
            .notHaveRawType(new Changeable()));
  }

  private static final class MadeByTheCompiler extends DescribedPredicate<JavaField> {

    MadeByTheCompiler() {
      super("made by the compiler");
    }

    @Override
    public boolean test(JavaField field) {
      return field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
  }

  /** Types whose values change; arrays and interfaces are left to whoever reviews. */
  private static final class Changeable extends DescribedPredicate<JavaClass> {

    Changeable() {
      super("that can change");
    }

    @Override
    public boolean test(JavaClass type) {
      boolean collection =
          !type.isInterface()
              && (type.isAssignableTo(java.util.Collection.class)
                  || type.isAssignableTo(java.util.Map.class));
      return collection
          || type.isAssignableTo(java.util.concurrent.ConcurrentMap.class)
          || type.isAssignableTo(java.util.concurrent.locks.Lock.class)
          || type.isAssignableTo(ThreadLocal.class)
          || (type.isAssignableTo(CharSequence.class) && !type.isEquivalentTo(String.class))
          || type.getPackageName().equals("java.util.concurrent.atomic");
    }
  }

  @Test
  void publicClassesAreNotInherited() {
    check(
        classes()
            .that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotAssignableTo(Throwable.class)
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            // An enum whose constants have bodies; nobody else can extend it.
            .and()
            .areNotEnums()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  @Test
  void namesSayTheDomain() {
    check(
        classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Info)"));
    check(
        methods()
            .that()
            .arePublic()
            .and(not(new GivenByALibrary()))
            .should()
            .haveNameNotMatching("get[A-Z].*"));
  }

  /** A method that a type from elsewhere asks for. */
  private static final class GivenByALibrary extends DescribedPredicate<JavaMethod> {

    GivenByALibrary() {
      super("asked for by a library");
    }

    @Override
    public boolean test(JavaMethod method) {
      JavaClass owner = method.getOwner();
      return Stream.concat(
              owner.getAllRawInterfaces().stream(), owner.getAllRawSuperclasses().stream())
          .filter(type -> !type.getPackageName().startsWith("dev.nightjar"))
          .flatMap(type -> type.getMethods().stream())
          .anyMatch(inherited -> inherited.getName().equals(method.getName()));
    }
  }

  private static void check(ArchRule rule) {
    rule.check(code);
  }
}
