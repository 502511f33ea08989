package io.kairos.admin.shell.mesh;

import io.kairos.api.health.Finding;
import java.util.List;
import java.util.Map;

/** Findings as {@code mesh:doctor} tells them, for commands that examine a part. */
public final class Doctor {

    private Doctor() {}

    /** Findings by subject. */
    public static String text(Map<String, List<Finding>> findings) {
        return new DoctorReport(findings).text();
    }
}
