package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageOverloadedException;
import io.ml4t.storage.io.csv.CsvFormatException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every error with {@code application/problem+json}. */
@RestControllerAdvice
class ApiErrors extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

  @ExceptionHandler
  ProblemDetail badCsv(CsvFormatException e) {
    ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "Invalid CSV", e);
    problem.setProperty("line", e.line());
    if (e.column() != null) {
      problem.setProperty("column", e.column());
    }
    return problem;
  }

  @ExceptionHandler
  ProblemDetail badKey(InvalidKeyException e) {
    return problem(HttpStatus.BAD_REQUEST, "Invalid key", e);
  }

  @ExceptionHandler
  ProblemDetail noSuchKey(KeyNotFoundException e) {
    return problem(HttpStatus.NOT_FOUND, "No such key", e);
  }

  @ExceptionHandler
  ProblemDetail conflict(CommitConflictException e) {
    return problem(HttpStatus.CONFLICT, "Conflict", e);
  }

  @ExceptionHandler
  ProblemDetail badData(InvalidDataException e) {
    return problem(HttpStatus.UNPROCESSABLE_CONTENT, "Invalid data", e);
  }

  /** Nothing was done: the client may make the request again. */
  @ExceptionHandler({
    LockAcquisitionException.class,
    StorageClosedException.class,
    StorageOverloadedException.class
  })
  ProblemDetail busy(StorageException e) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, "Store not available", e);
  }

  /** Says nothing of the store's files to the client. */
  @ExceptionHandler
  ProblemDetail failed(StorageException e) {
    log.error("Cannot answer request: {}", e.getMessage(), e);
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "The store failed; the service's log has the cause");
  }

  private static ProblemDetail problem(HttpStatus status, String title, Exception e) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, e.getMessage());
    problem.setTitle(title);
    return problem;
  }
}
