package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.api.health.Finding;
import io.kairos.api.health.Finding.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code mesh:doctor} tells: findings by subject, the worst first, and a summary as its last line. */
final class DoctorReport {

    private final Map<String, List<Finding>> findings;

    DoctorReport(Map<String, List<Finding>> findings) {
        this.findings = findings;
    }

    String text() {
        StringBuilder out = new StringBuilder();
        findings.forEach((subject, found) -> {
            out.append(subject).append('\n');
            worstFirst(found).forEach(finding -> append(out, finding));
            out.append('\n');
        });
        return out.append(summary()).append('\n').toString();
    }

    Map<String, Object> json() {
        return new Fields()
                .put("errors", count(Severity.ERROR))
                .put("warnings", count(Severity.WARNING))
                .put(
                        "findings",
                        findings.entrySet().stream()
                                .flatMap(entry -> worstFirst(entry.getValue()).stream()
                                        .map(finding -> json(entry.getKey(), finding)))
                                .toList())
                .toMap();
    }

    private static Map<String, Object> json(String subject, Finding finding) {
        return new Fields()
                .put("subject", subject)
                .put("severity", finding.severity())
                .put("message", finding.message())
                .put("remedy", finding.remedy())
                .toMap();
    }

    private static void append(StringBuilder out, Finding finding) {
        String label = finding.severity() == Severity.OK
                ? "ok"
                : finding.severity().name().toUpperCase(Locale.ROOT);
        out.append("  %-8s %s%n".formatted(label, finding.message()));
        if (!finding.remedy().isBlank()) {
            out.append("           \u2192 ").append(finding.remedy()).append('\n');
        }
    }

    private static List<Finding> worstFirst(List<Finding> found) {
        return found.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    private String summary() {
        long errors = count(Severity.ERROR);
        long warnings = count(Severity.WARNING);
        if (errors + warnings == 0) {
            return "All is well.";
        }
        return "%s, %s. Each has its remedy beside the arrow (\u2192)."
                .formatted(
                        errors + (errors == 1 ? " error" : " errors"),
                        warnings + (warnings == 1 ? " warning" : " warnings"));
    }

    private long count(Severity severity) {
        return findings.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
