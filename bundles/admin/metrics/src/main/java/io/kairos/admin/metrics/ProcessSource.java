package io.kairos.admin.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The process and its machine in numbers: processor, memory, disk. What the system does not tell is left out. Threads: any.
 */
@Component
public final class ProcessSource implements MetricSource {

    private static final Path STATUS = Path.of("/proc/self/status"); // Linux
    private static final String RESIDENT = "VmRSS:";

    private final Path data;

    @Activate
    public ProcessSource(BundleContext context) {
        String folder = context.getProperty("karaf.data");
        this.data = Path.of(folder == null ? "." : folder);
    }

    ProcessSource(Path data) {
        this.data = data;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        runtime(metrics);
        system(metrics);
        resident(metrics);
        disk(metrics);
        return metrics;
    }

    private static void runtime(List<Metric> metrics) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        gauge(metrics, "kairos_process_heap_used_bytes", "Java heap in use.", heap.getUsed());
        gauge(metrics, "kairos_process_heap_limit_bytes", "Java heap at most.", heap.getMax());
        gauge(
                metrics,
                "kairos_process_threads",
                "Threads that run or wait.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                metrics,
                "kairos_process_uptime_seconds",
                "How long the process has run.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        long collected = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collected += Math.max(0, collector.getCollectionTime());
        }
        counter(metrics, "kairos_process_collection_seconds_total", "Time of garbage collections.", collected / 1000.0);
    }

    private static void system(List<Metric> metrics) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            counter(
                    metrics,
                    "kairos_process_cpu_seconds_total",
                    "Processor time, user and system.",
                    system.getProcessCpuTime() / 1e9);
            gauge(metrics, "kairos_process_open_files", "Files and sockets open.", system.getOpenFileDescriptorCount());
            gauge(
                    metrics,
                    "kairos_process_open_files_limit",
                    "Files and sockets at most.",
                    system.getMaxFileDescriptorCount());
            gauge(metrics, "kairos_machine_memory_bytes", "Memory of the machine.", system.getTotalMemorySize());
            gauge(
                    metrics,
                    "kairos_machine_load",
                    "Processes that run or want to, mean of a minute.",
                    system.getSystemLoadAverage());
        }
    }

    private static void resident(List<Metric> metrics) {
        if (!Files.isReadable(STATUS)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String kilobytes =
                            line.substring(RESIDENT.length()).replace("kB", "").strip();
                    gauge(
                            metrics,
                            "kairos_process_resident_memory_bytes",
                            "Memory of the process that is not swapped out.",
                            Long.parseLong(kilobytes) * 1024.0);
                }
            }
        } catch (IOException | NumberFormatException e) {
            return; // the system does not tell it in this way
        }
    }

    private void disk(List<Metric> metrics) {
        try {
            gauge(
                    metrics,
                    "kairos_disk_free_bytes",
                    "Free on the disk of the node's data.",
                    Files.getFileStore(data).getUsableSpace());
            gauge(
                    metrics,
                    "kairos_disk_size_bytes",
                    "Size of the disk of the node's data.",
                    Files.getFileStore(data).getTotalSpace());
        } catch (IOException e) {
            return; // the folder is not there yet
        }
    }

    private static void gauge(List<Metric> metrics, String name, String help, double value) {
        metrics.add(new Metric(name, help, Metric.Kind.GAUGE, Map.of(), value));
    }

    private static void counter(List<Metric> metrics, String name, String help, double value) {
        metrics.add(new Metric(name, help, Metric.Kind.COUNTER, Map.of(), value));
    }
}
