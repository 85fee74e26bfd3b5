package io.ml4t.storage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.ml4t.storage", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {
  private static final String ROOT = "io.ml4t.storage";
  private static final String FRAME = "io.ml4t.storage.frame";

  /** Packages whose public types are all for users. */
  private static final Set<String> API_PACKAGES = Set.of(ROOT, FRAME);

  /** Where users enter other packages; what their public signatures name is for users too. */
  private static final Set<String> ENTRY_POINTS =
      Set.of(
          "io.ml4t.storage.directory.PlainDirectoryStorage",
          "io.ml4t.storage.filesystem.FileSystemStorage",
          "io.ml4t.storage.migration.StorageMigrator",
          "io.ml4t.storage.parquet.ParquetJavaCodecs",
          "io.ml4t.storage.parquet.ParquetJavaInput");

  @ArchTest
  static final ArchRule core_knows_no_spring =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule no_package_cycles =
      slices().matching("io.ml4t.storage.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule frames_stand_alone =
      classes()
          .that()
          .resideInAPackage(FRAME)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(FRAME, "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule root_types_know_only_frames_and_json =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ROOT, FRAME, "java..", "org.jspecify.annotations", "tools.jackson..");

  @ArchTest
  static final ArchRule root_types_know_no_files =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..");

  @ArchTest
  static void only_what_users_or_other_packages_need_is_public(JavaClasses classes) {
    Set<JavaClass> forUsers = forUsers(classes);
    List<String> needless =
        classes.stream()
            .filter(ArchitectureTests::isVisible)
            .filter(type -> !forUsers.contains(type))
            .filter(
                type ->
                    type.getDirectDependenciesToSelf().stream()
                        .allMatch(
                            use ->
                                use.getOriginClass()
                                    .getPackageName()
                                    .equals(type.getPackageName())))
            .map(JavaClass::getName)
            .sorted()
            .toList();

    assertThat(needless).as("public types that no other package uses").isEmpty();
  }

  /** The API packages, the entry points, and all that their public signatures lead to. */
  private static Set<JavaClass> forUsers(JavaClasses classes) {
    Deque<JavaClass> waiting =
        new ArrayDeque<>(
            classes.stream()
                .filter(
                    type ->
                        API_PACKAGES.contains(type.getPackageName())
                            || ENTRY_POINTS.contains(type.getName()))
                .toList());
    Set<JavaClass> found = new HashSet<>();
    while (!waiting.isEmpty()) {
      JavaClass type = waiting.remove();
      if (isVisible(type) && found.add(type)) {
        type.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(ArchitectureTests::signature)
            .filter(named -> named.getPackageName().startsWith(ROOT))
            .forEach(waiting::add);
      }
    }
    return found;
  }

  private static Stream<JavaClass> signature(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .map(JavaType::getAllInvolvedRawTypes)
        .flatMap(Set::stream);
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
  }
}
