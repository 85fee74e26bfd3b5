package io.ml4t.storage.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class EndpointRuntimeHintsTests {
  private final RuntimeHints hints = new RuntimeHints();

  EndpointRuntimeHintsTests() {
    new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Ml4tStorageEndpoint.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Ml4tStorageEndpoint.Summary.class,
        StoreSummary.class,
        LocksSection.Locks.class,
        LocksSection.Lock.class,
        CommitsSection.Commits.class,
        CommitsSection.MadeCommit.class,
        CommitsSection.Change.class,
        KeysSection.StoredKey.class,
        KeysSection.StoredVersion.class,
        MigrationsSection.Migrations.class,
        MigrationsSection.View.class,
        MigrationsSection.FailureView.class,
        VerificationView.class,
        VerificationView.Problem.class
      })
  void aNativeImageCanWriteEachAnswer(Class<?> answer) {
    assertThat(answer.getRecordComponents())
        .allSatisfy(
            component ->
                assertThat(
                        RuntimeHintsPredicates.reflection()
                            .onMethodInvocation(component.getAccessor()))
                    .accepts(hints));
  }
}
