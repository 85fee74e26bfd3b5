package io.ml4t.samples.marketdata.web;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets a symbol hold a slash, as in {@code /api/data/crypto/daily/BTC%2FUSD}. Tomcat refuses
 * encoded slashes and backslashes unless told otherwise; Spring MVC splits the path before it
 * decodes it, and the store validates every part of a key itself.
 */
@Configuration(proxyBeanMethods = false)
class EncodedSlashConfiguration {

  @Bean
  TomcatConnectorCustomizer encodedSlashes() {
    return connector -> {
      connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
      connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    };
  }
}
