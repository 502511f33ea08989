package io.kairos.api.transport;

import io.kairos.api.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds radios that are attached to this machine, and knows how they may be tuned where they stand. A service of a
 * transport for radios.
 */
@ConsumerType
public interface RadioScanner {

    /**
     * Looks at all ports of this machine that its operating system lists and asks what is there; takes some seconds for
     * each port. A port that an interface of this node uses is left alone and told as a failure.
     */
    List<Found> scan();

    /**
     * Asks what is at these ports, also where the operating system does not list them: another name of a device, a
     * pseudo-terminal, a radio in the network. What cannot be asked is told as a failure.
     *
     * @param ports written as in the settings of an interface, for example {@code /dev/pts/5} or {@code tcp://host:7633}
     * @return one for each port, in their order; unless overridden, those of the listed ports that have such a name
     */
    default List<Found> scan(List<String> ports) {
        return scan().stream().filter(found -> ports.contains(found.port())).toList();
    }

    /** The parts of the world whose law is known, each with its ways to tune a radio. */
    List<Plan> plans();

    /**
     * Settings that bring a radio up.
     *
     * @param found one that {@link #scan} has found
     * @param region name of a plan's region
     * @param profile name of a plan's profile
     * @return settings without the interface's name
     */
    Map<String, String> settings(Found found, String region, String profile);

    /**
     * What is at a port.
     *
     * @param port by which it is opened, the name that stays with the device where there is one
     * @param about what the device or the operating system calls it
     * @param kind kind of interface that can use it; empty: it is no radio, or cannot be used
     * @param model what radio it is
     * @param firmware version of its firmware
     * @param radios what its radios can, one for each
     * @param failure why it cannot be used
     */
    record Found(
            String port,
            String about,
            Optional<String> kind,
            String model,
            String firmware,
            List<String> radios,
            Optional<Failure> failure) {

        public Found {
            Objects.requireNonNull(port, "port");
            Objects.requireNonNull(about, "about");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(firmware, "firmware");
            radios = List.copyOf(radios);
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * One way to tune a radio.
     *
     * @param region name of the region
     * @param title of the region
     * @param source the rule that the limits come from
     * @param profile name of the profile
     * @param frequencyHz middle of the channel
     * @param bandwidthHz width of the channel
     * @param spreadingFactor of LoRa
     * @param codingRate of LoRa
     * @param powerDbm most power at the radio with a dipole
     * @param airtimeShare share of each hour that one station may send
     * @param bitsPerSecond on air
     * @param airtime of a packet of 500 bytes
     */
    record Plan(
            String region,
            String title,
            String source,
            String profile,
            long frequencyHz,
            long bandwidthHz,
            int spreadingFactor,
            int codingRate,
            int powerDbm,
            double airtimeShare,
            long bitsPerSecond,
            Duration airtime) {}
}
