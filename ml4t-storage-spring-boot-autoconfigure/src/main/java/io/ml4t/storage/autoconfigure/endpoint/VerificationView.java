package io.ml4t.storage.autoconfigure.endpoint;

import io.ml4t.storage.VerificationReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a check of a whole store has found, as the endpoint shows it. */
record VerificationView(
    boolean clean, long keys, long versions, long bytes, List<Problem> problems) {

  /** Something that is wrong. */
  record Problem(
      String file, @Nullable String key, String reason, VerificationReport.Remedy remedy) {
    static Problem of(VerificationReport.Problem problem) {
      return new Problem(
          problem.file(),
          problem.key() == null ? null : problem.key().toString(),
          problem.reason(),
          problem.remedy());
    }
  }

  static VerificationView of(VerificationReport report) {
    return new VerificationView(
        report.isClean(),
        report.keys(),
        report.versions(),
        report.bytes(),
        report.problems().stream().map(Problem::of).toList());
  }
}
