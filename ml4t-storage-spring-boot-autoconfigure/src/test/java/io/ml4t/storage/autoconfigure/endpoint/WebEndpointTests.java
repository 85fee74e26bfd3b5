package io.ml4t.storage.autoconfigure.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.storage.Storage;
import io.ml4t.storage.autoconfigure.Ml4tStorageAutoConfiguration;
import io.ml4t.storage.autoconfigure.StorageFixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The endpoint as Spring Boot exposes it: which operations there are, and what is cached. */
class WebEndpointTests {
  @TempDir Path root;

  private ReactiveWebApplicationContextRunner contexts = new ReactiveWebApplicationContextRunner();

  @BeforeEach
  void useATemporaryRoot() {
    contexts =
        contexts
            .withConfiguration(
                AutoConfigurations.of(
                    EndpointAutoConfiguration.class,
                    WebEndpointAutoConfiguration.class,
                    Ml4tStorageAutoConfiguration.class,
                    Ml4tStorageEndpointAutoConfiguration.class))
            .withPropertyValues(
                "ml4t.storage.data-root=" + root,
                "management.endpoints.web.exposure.include=ml4tstorage");
  }

  @Test
  void onlyReadsAreThereUnlessAccessIsGranted() {
    contexts.run(
        context ->
            assertThat(operations(context))
                .hasSize(2)
                .extracting(operation -> operation.getRequestPredicate().getHttpMethod())
                .containsOnly(WebEndpointHttpMethod.GET));
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.access=UNRESTRICTED")
        .run(
            context ->
                assertThat(operations(context))
                    .extracting(operation -> operation.getRequestPredicate().getHttpMethod())
                    .contains(WebEndpointHttpMethod.POST));
  }

  @Test
  void theSummaryIsOfNowUnlessItIsToBeCached() {
    contexts.run(context -> assertThat(keysBeforeAndAfterAWrite(context)).containsExactly(0L, 1L));
  }

  @Test
  void theSummaryIsCachedForAsLongAsThePropertySays() {
    contexts
        .withPropertyValues("management.endpoint.ml4tstorage.cache.time-to-live=1h")
        .run(context -> assertThat(keysBeforeAndAfterAWrite(context)).containsExactly(0L, 0L));
  }

  private static List<Long> keysBeforeAndAfterAWrite(ApplicationContext context) {
    long before = keys(context);
    context.getBean(Storage.class).write(StorageFixtures.bar("AAPL"));
    return List.of(before, keys(context));
  }

  private static long keys(ApplicationContext context) {
    WebOperation summary =
        operations(context).stream()
            .filter(each -> each.getRequestPredicate().getPath().equals("ml4tstorage"))
            .findFirst()
            .orElseThrow();
    Object answer = summary.invoke(new InvocationContext(SecurityContext.NONE, Map.of()));
    return ((Ml4tStorageEndpoint.Summary) answer).stores().get("default").size().keys();
  }

  private static List<WebOperation> operations(ApplicationContext context) {
    return context.getBean(WebEndpointsSupplier.class).getEndpoints().stream()
        .map(ExposableWebEndpoint::getOperations)
        .flatMap(operations -> operations.stream())
        .toList();
  }
}
