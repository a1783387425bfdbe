package dev.tiphys.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tiphys.functions.Advance;
import dev.tiphys.functions.Begin;
import dev.tiphys.functions.Start;
import dev.tiphys.functions.Stop;
import dev.tiphys.functions.kubernetes.api.Marks;
import dev.tiphys.functions.kubernetes.api.PlanResource;
import dev.tiphys.functions.kubernetes.api.PlanSpec;
import dev.tiphys.functions.port.Instances;
import dev.tiphys.functions.port.Keys;
import dev.tiphys.functions.port.Plans;
import dev.tiphys.functions.run.Runs;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The arrows that Maven's modules are too coarse to forbid. */
@AnalyzeClasses(
    packages = ArchitectureTest.TIPHYS,
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /** Without those of another module's tests that this one uses. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  static final String TIPHYS = "dev.tiphys";

  private static final String KUBERNETES = "io.fabric8..";
  private static final String SPRING = "org.springframework..";

  /** Programs in the sidecars' image that are no task's sidecar. */
  private static final String[] OF_THE_CLUSTER = {
    "dev.tiphys.sidecars.watch..", "dev.tiphys.sidecars.carrier.."
  };

  private static final String YAML = "org.snakeyaml..";

  @ArchTest
  static final ArchRule theVocabularyKnowsNoYamlKubernetesOrSpring =
      noClasses()
          .that()
          .resideInAPackage("dev.tiphys.triggers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KUBERNETES, SPRING, YAML)
          .because("everything else is built on it, in a sidecar as in a compiler");

  @ArchTest
  static final ArchRule theCompilerKnowsNoDeployment =
      noClasses()
          .that()
          .resideInAPackage("dev.tiphys.compiler..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KUBERNETES, SPRING, "dev.tiphys.knative..", "dev.tiphys.functions..")
          .because("a Plan means the same wherever it runs");

  @ArchTest
  static final ArchRule onlyTheCompilerReadsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tiphys.compiler..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(YAML)
          .because("one reader keeps positions and limits");

  @ArchTest
  static final ArchRule springStaysInTheShell =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.tiphys.functions.shell..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SPRING)
          .because("the local run uses the same functions without it");

  @ArchTest
  static final ArchRule theBackEndTakesPlansAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.tiphys.knative..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.tiphys.compiler..", "dev.tiphys.functions..", SPRING)
                  .and(not(equivalentTo(Marks.class)))
                  .and(not(equivalentTo(PlanResource.class)))
                  .and(not(equivalentTo(PlanSpec.class))))
          .because("a Plan is all that a deployment depends on, and what both sides call it");

  @ArchTest
  static final ArchRule sidecarsShareOnlyTheVocabulary =
      noClasses()
          .that()
          .resideInAPackage("dev.tiphys.sidecars..")
          .and()
          .resideOutsideOfPackages(OF_THE_CLUSTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tiphys.compiler..",
              "dev.tiphys.functions..",
              "dev.tiphys.knative..",
              KUBERNETES,
              SPRING)
          .because("a sidecar has to start fast and stay small");

  @ArchTest
  static final ArchRule theWatcherSeesWhatTheFunctionsMade =
      noClasses()
          .that()
          .resideInAnyPackage(OF_THE_CLUSTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tiphys.compiler..",
              "dev.tiphys.functions",
              "dev.tiphys.functions.run..",
              "dev.tiphys.functions.shell..",
              "dev.tiphys.knative..",
              SPRING)
          .because("it tells the functions to look, and decides nothing of what they do");

  @ArchTest
  static final ArchRule coresDecideAndDoNothing =
      noClasses()
          .that()
          .areAssignableTo(Start.class)
          .or()
          .areAssignableTo(Stop.class)
          .or()
          .areAssignableTo(Advance.class)
          .or()
          .areAssignableTo(Begin.class)
          .or()
          .resideInAPackage("dev.tiphys.triggers.plan..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Instances.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Runs.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Keys.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Plans.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("org.slf4j..", "java.net.http..")
          .because("what is pure can be simulated");

  /** A test of JUnit's own, since ArchUnit's show no display name. */
  @Test
  @DisplayName("D11: packages form no cycles, however deep they are")
  void packagesFormNoCycles() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new NoTestJars())
            .importPackages(TIPHYS);

    slices().matching("dev.tiphys.(**)").should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes()
          .should()
          .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl)")
          .because("such a name says that nobody knew");
}
