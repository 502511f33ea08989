package io.kairos.core.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The operator's form. */
@ObjectClassDefinition(name = "Kairos store", description = "Where the node keeps its state, encrypted.")
@interface StoreConfig {

    @AttributeDefinition(
            name = "Folder",
            description = "Where documents and the machine key are kept; empty means the folder store beside etc. A"
                    + " relative path starts there, too.",
            required = false)
    String folder() default "";
}
