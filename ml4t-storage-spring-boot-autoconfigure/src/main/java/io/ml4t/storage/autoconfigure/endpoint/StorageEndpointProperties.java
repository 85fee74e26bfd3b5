package io.ml4t.storage.autoconfigure.endpoint;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint shows.
 *
 * @param showValues When to show the values of free attributes, of the provider's parameters and of
 *     metadata that the store does not know.
 */
@ConfigurationProperties("management.endpoint.ml4tstorage")
record StorageEndpointProperties(@DefaultValue("never") Show showValues) {}
