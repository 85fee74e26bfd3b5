package io.ml4t.storage.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

  @Test
  void aWrongValueIsExplained(CapturedOutput output) {
    assertThatException()
        .isThrownBy(() -> MinimalApplication.start("ml4t.storage.durability=perhaps"));
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Property: ml4t.storage.durability")
        .contains("Value: \"perhaps\"")
        .contains("FSYNC");
  }

  @Test
  void aValueOutOfRangeIsExplained(CapturedOutput output) {
    assertThatException()
        .isThrownBy(() -> MinimalApplication.start("ml4t.storage.retry.max-attempts=0"));
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("Cannot set ml4t.storage.retry.max-attempts to '0': expected at least 1");
  }
}
