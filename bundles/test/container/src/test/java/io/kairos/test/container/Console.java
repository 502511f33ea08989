package io.kairos.test.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** What an owner of the node reads who types a command. */
final class Console {

    private final SessionFactory sessions;

    Console(SessionFactory sessions) {
        this.sessions = sessions;
    }

    String run(String command) throws Exception {
        return asOwner(() -> typed(command));
    }

    /** Does something as somebody who may do everything. */
    static <T> T asOwner(PrivilegedExceptionAction<T> action) throws Exception {
        Subject owner = new Subject();
        owner.getPrincipals().add(new UserPrincipal("owner"));
        for (String role : List.of("owner", "operator", "viewer", "admin", "manager", "systembundles")) {
            owner.getPrincipals().add(new RolePrincipal(role));
        }
        try {
            return Subject.doAs(owner, action);
        } catch (PrivilegedActionException e) {
            throw e.getException();
        }
    }

    private String typed(String command) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
        try {
            session.execute(command);
        } finally {
            session.close();
        }
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
