// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static com.tngtech.archunit.core.domain.JavaModifier.NATIVE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: everything points to core, and core to nothing native and to no backend. */
@AnalyzeClasses(packages = "io.convoy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
  private static final String CLI = "io.convoy.cli..";
  private static final String CPU = "io.convoy.cpu..";
  private static final String CUDA = "io.convoy.cuda..";
  private static final String REFERENCE = "io.convoy.reference..";
  private static final String REPORT = "io.convoy.report..";
  private static final String ONNX = "io.convoy.onnx..";
  private static final String KERAS = "io.convoy.keras..";
  private static final String[] NOT_CORE = {
    CLI, CPU, CUDA, REFERENCE, REPORT, ONNX, KERAS, "io.convoy.testkit.."
  };

  @ArchTest
  static final ArchRule CORE_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideOutsideOfPackages(NOT_CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NOT_CORE);

  @ArchTest
  static final ArchRule CORE_HAS_NO_NATIVE_METHOD =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackages(NOT_CORE)
          .should()
          .haveModifier(NATIVE);

  @ArchTest
  static final ArchRule CORE_LOADS_NO_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackages(NOT_CORE)
          .should()
          .callMethod(System.class, "load", String.class)
          .orShould()
          .callMethod(System.class, "loadLibrary", String.class);

  @ArchTest
  static final ArchRule CPU_KNOWS_NO_OTHER_BACKEND =
      noClasses()
          .that()
          .resideInAPackage(CPU)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CUDA, REFERENCE, CLI);

  @ArchTest
  static final ArchRule REFERENCE_KNOWS_NO_OTHER_BACKEND =
      noClasses()
          .that()
          .resideInAPackage(REFERENCE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CUDA, CPU, CLI);

  @ArchTest
  static final ArchRule CUDA_KNOWS_NO_OTHER_BACKEND =
      noClasses()
          .that()
          .resideInAPackage(CUDA)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CPU, REFERENCE, CLI)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule REPORTS_AND_FORMATS_KNOW_NO_BACKEND =
      noClasses()
          .that()
          .resideInAnyPackage(REPORT, ONNX, KERAS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CPU, CUDA, REFERENCE, CLI);

  @ArchTest
  static final ArchRule THE_COMMAND_FINDS_BACKENDS_BY_NAME =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CPU, CUDA, REFERENCE);

  @ArchTest
  static final ArchRule ONLY_CPU_NAMES_ONEDNN =
      noClasses()
          .that()
          .resideOutsideOfPackage(CPU)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule ONLY_CUDA_NAMES_JCUDA =
      noClasses()
          .that()
          .resideOutsideOfPackage(CUDA)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcuda..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_NAMES_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_KERAS_NAMES_JHDF =
      noClasses()
          .that()
          .resideOutsideOfPackage(KERAS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jhdf..");

  @ArchTest
  static final ArchRule NOBODY_USES_UNSAFE =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("sun.misc..", "jdk.internal..");
}
