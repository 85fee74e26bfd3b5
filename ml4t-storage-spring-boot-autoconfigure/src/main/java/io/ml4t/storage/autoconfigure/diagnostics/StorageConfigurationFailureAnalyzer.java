package io.ml4t.storage.autoconfigure.diagnostics;

import io.ml4t.storage.autoconfigure.StorageConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.util.StringUtils;

/**
 * Explains a start that failed because of a property of the store. Asked before Boot's own analyzer
 * of the binding, which knows the group of the property only.
 */
@Order(0)
final class StorageConfigurationFailureAnalyzer
    extends AbstractFailureAnalyzer<StorageConfigurationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StorageConfigurationException cause) {
    return new FailureAnalysis(
        """
        The store cannot be configured:

            Property: %s
            Value: "%s"
            Reason: %s"""
            .formatted(cause.property(), cause.value(), cause.reason()),
        StringUtils.capitalize(cause.remedy()) + ".",
        cause);
  }
}
