package io.kairos.admin.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Services of the running framework, held for one command and then given back. Threads: one. */
public final class OsgiServices implements Services, AutoCloseable {

    private final BundleContext context;
    private final List<ServiceReference<?>> held = new ArrayList<>();

    public OsgiServices(BundleContext context) {
        this.context = context;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> all(Class<T> type) {
        ServiceReference<T>[] references = (ServiceReference<T>[]) references(type);
        Arrays.sort(references, Collections.reverseOrder());
        List<T> found = new ArrayList<>();
        for (ServiceReference<T> reference : references) {
            T service = context.getService(reference);
            // null: it went away between the two calls, or its component could not be made
            if (service != null) {
                held.add(reference);
                found.add(service);
            }
        }
        return found;
    }

    private ServiceReference<?>[] references(Class<?> type) {
        try {
            ServiceReference<?>[] references = context.getServiceReferences(type.getName(), null);
            return references == null ? new ServiceReference<?>[0] : references;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e);
        }
    }

    @Override
    public void close() {
        held.forEach(context::ungetService);
        held.clear();
    }
}
