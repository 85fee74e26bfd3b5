package io.ml4t.storage.io;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.ml4t.storage.io", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {
  private static final String ROOT = "io.ml4t.storage.io";

  @ArchTest
  static final ArchRule no_package_cycles =
      slices().matching("io.ml4t.storage.(io)..").namingSlices("$1").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule what_is_common_knows_no_format =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT,
              "io.ml4t.storage",
              "io.ml4t.storage.frame",
              "java..",
              "org.jspecify.annotations",
              "tools.jackson..");

  @ArchTest
  static final ArchRule no_spring =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");
}
