package io.kairos.admin.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the page of numbers is offered. */
@ObjectClassDefinition(
        name = "Kairos metrics page",
        description = "Numbers about this node at /metrics, in the format that Prometheus reads.")
public @interface MetricsConfig {

    @AttributeDefinition(
            name = "Listen host",
            description = "Address of this machine. Any other than 127.0.0.1 and ::1 needs a token.")
    String listen_host() default "127.0.0.1";

    @AttributeDefinition(name = "Listen port", description = "TCP port.", min = "1", max = "65535")
    int listen_port() default 9484;

    @AttributeDefinition(
            name = "Token",
            description =
                    "What a reader has to send as \"Authorization: Bearer …\"; at least 16 characters. Empty: nothing,"
                            + " only on this machine.",
            required = false)
    String token() default "";
}
