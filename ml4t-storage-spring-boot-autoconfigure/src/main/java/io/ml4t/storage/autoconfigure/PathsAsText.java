package io.ml4t.storage.autoconfigure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Lets a property {@code ml4t.storage.*} that is text have a {@link Path} as its value, as a test
 * hands one to {@code DynamicPropertyRegistry}: Spring makes no text of a path.
 *
 * <p>The properties are text because Spring looks for a relative path on the class path first.
 */
final class PathsAsText extends AbstractBindHandler {
  private static final ConfigurationPropertyName OURS =
      ConfigurationPropertyName.of("ml4t.storage");

  PathsAsText() {}

  PathsAsText(BindHandler parent) {
    super(parent);
  }

  @Override
  public @Nullable Object onFailure(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
      throws Exception {
    ConfigurationProperty property = context.getConfigurationProperty();
    return OURS.isAncestorOf(name)
            && target.getType().resolve() == String.class
            && property != null
            && property.getValue() instanceof Path path
        ? path.toString()
        : super.onFailure(name, target, context, error);
  }
}
