package io.ml4t.storage.autoconfigure.endpoint;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** A request that cannot be answered. Who made it reads the whole of the message, not a summary. */
final class RefusedRequestException extends InvalidEndpointRequestException {
  @Serial private static final long serialVersionUID = 1L;

  RefusedRequestException(String message) {
    super(message, message);
  }

  RefusedRequestException(Exception cause) {
    this(String.valueOf(cause.getMessage()), cause);
  }

  private RefusedRequestException(String message, @Nullable Throwable cause) {
    super(message, message, cause);
  }
}
