package io.kairos.api.transport;

import io.kairos.api.failure.MeshException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the core shall treat an interface, whatever its medium. The operator's form, with defaults and meanings, is
 * {@link InterfacePolicyConfig}.
 *
 * @param enabled whether it is switched on
 * @param network which mesh of this node it belongs to
 * @param mode what the interface is for
 * @param outgoing whether anything is sent on it
 * @param accessCode closes the interface to strangers
 * @param announceCap share of the bit rate for relayed announces, for example 0.02
 * @param announceRateTargetSeconds shortest usual pause between announces of one destination; -1: the node's default
 * @param announceRateGrace violations that are forgiven; -1: the node's default
 * @param announceRatePenaltySeconds added to the pause; -1: the node's default
 * @param ingressControl whether announces of unknown destinations are held back in a burst
 * @param egressControl whether passed-on path requests are limited
 * @param recursivePathRequests whether unknown paths asked for here are searched, whatever the mode
 * @param announcesFromInternal whether announces from internal interfaces are repeated here
 * @param announcesToInternal whether announces heard here are repeated on internal interfaces although this is a boundary
 * @param gravity preference between interfaces that brought the same announce
 * @param opensTunnel whether a tunnel is synthesised whenever the interface comes up; decided by the medium
 * @param bursts when ingress and egress control act, and how
 * @param discovery whether and how the interface is announced to everybody; empty: it is not
 * @param foundBy hash of the identity that announced the interface, hexadecimal, where the node has connected by itself
 */
public record InterfacePolicy(
        boolean enabled,
        String network,
        InterfaceMode mode,
        boolean outgoing,
        Optional<AccessCode> accessCode,
        double announceCap,
        int announceRateTargetSeconds,
        int announceRateGrace,
        int announceRatePenaltySeconds,
        boolean ingressControl,
        boolean egressControl,
        boolean recursivePathRequests,
        boolean announcesFromInternal,
        boolean announcesToInternal,
        int gravity,
        boolean opensTunnel,
        BurstLimits bursts,
        Optional<DiscoveryPolicy> discovery,
        Optional<String> foundBy) {

    /** Modes that suit an interface which strangers find; a discoverable one of another mode becomes a gateway. */
    private static final Set<InterfaceMode> FOR_STRANGERS =
            Set.of(InterfaceMode.GATEWAY, InterfaceMode.ACCESS_POINT, InterfaceMode.INTERNAL);

    private static final int MOST_HELD = 65_536;
    private static final Pattern NETWORK = Pattern.compile("[a-z0-9_-]{1,64}");

    /** A policy with the usual limits of bursts, that is not announced. */
    public InterfacePolicy(
            boolean enabled,
            String network,
            InterfaceMode mode,
            boolean outgoing,
            Optional<AccessCode> accessCode,
            double announceCap,
            int announceRateTargetSeconds,
            int announceRateGrace,
            int announceRatePenaltySeconds,
            boolean ingressControl,
            boolean egressControl,
            boolean recursivePathRequests,
            boolean announcesFromInternal,
            boolean announcesToInternal,
            int gravity,
            boolean opensTunnel) {
        this(
                enabled,
                network,
                mode,
                outgoing,
                accessCode,
                announceCap,
                announceRateTargetSeconds,
                announceRateGrace,
                announceRatePenaltySeconds,
                ingressControl,
                egressControl,
                recursivePathRequests,
                announcesFromInternal,
                announcesToInternal,
                gravity,
                opensTunnel,
                BurstLimits.DEFAULT,
                Optional.empty(),
                Optional.empty());
    }

    /** What an interface has when its operator says nothing. */
    public static final InterfacePolicy DEFAULT = parse(Map.of(), 16);

    /**
     * Reads and checks the settings of {@link InterfacePolicyConfig} in a configuration; unknown keys are left to the
     * medium.
     *
     * @param properties a configuration as ConfigAdmin gives it: values are strings or already of the right type
     * @param defaultCodeBytes size of the access code on this kind of medium (16 on fast, 8 on slow media)
     * @throws MeshException of kind {@code CONFIGURATION} that names key, value and remedy
     */
    public static InterfacePolicy parse(Map<String, ?> properties, int defaultCodeBytes) {
        PolicyReader in = new PolicyReader(properties);
        int bits = in.integer("access.size.bits", 0, 0, 512);
        if (bits > 0 && bits < 8) {
            throw PolicyReader.refuse(
                    "access.size.bits", bits, "is below 8", "Use 0 for the default or a multiple of 8 up to 512.");
        }
        Optional<String> name = in.text("access.network.name");
        Optional<String> passphrase = in.text("access.passphrase");
        Optional<AccessCode> code = name.isEmpty() && passphrase.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessCode(name, passphrase, bits == 0 ? defaultCodeBytes : bits / 8));
        double cap = in.number("announce.cap.percent", 2.0);
        if (!(cap > 0 && cap <= 100)) {
            throw PolicyReader.refuse(
                    "announce.cap.percent", cap, "is not above 0 and at most 100", "The default is 2.0.");
        }
        String mode = in.text("mode").orElse("full");
        String network = in.text("network").orElse("main");
        if (!NETWORK.matcher(network).matches()) {
            throw PolicyReader.refuse(
                    "network",
                    network,
                    "is not the name of a network",
                    "Names are one to 64 of a-z, 0-9, underscore and hyphen; mesh:networks lists those of this node.");
        }
        InterfaceMode chosen = InterfaceMode.parse(mode)
                .orElseThrow(() -> PolicyReader.refuse("mode", mode, "is not a mode", "Use one of " + modes() + "."));
        Optional<DiscoveryPolicy> discovery = DiscoveryPolicy.read(in);
        boolean open = discovery.isPresent() && !in.flag("discoverable.keep.mode", false);
        return new InterfacePolicy(
                in.flag("enabled", true),
                network,
                open && !FOR_STRANGERS.contains(chosen) ? InterfaceMode.GATEWAY : chosen,
                in.flag("outgoing", true),
                code,
                cap / 100,
                in.integer("announce.rate.target.seconds", -1, -1, Integer.MAX_VALUE),
                in.integer("announce.rate.grace", -1, -1, Integer.MAX_VALUE),
                in.integer("announce.rate.penalty.seconds", -1, -1, Integer.MAX_VALUE),
                in.flag("ingress.control", true),
                in.flag("egress.control", false),
                in.flag("recursive.path.requests", false),
                in.flag("announces.from.internal", true),
                in.flag("announces.to.internal", false),
                in.integer("gravity", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                false,
                bursts(in),
                discovery,
                in.text("found.by"));
    }

    /** The same policy for a medium that keeps paths over reconnects by a tunnel. */
    public InterfacePolicy withTunnel() {
        return new InterfacePolicy(
                enabled,
                network,
                mode,
                outgoing,
                accessCode,
                announceCap,
                announceRateTargetSeconds,
                announceRateGrace,
                announceRatePenaltySeconds,
                ingressControl,
                egressControl,
                recursivePathRequests,
                announcesFromInternal,
                announcesToInternal,
                gravity,
                true,
                bursts,
                discovery,
                foundBy);
    }

    /** The same policy with another mode. */
    public InterfacePolicy withMode(InterfaceMode other) {
        return new InterfacePolicy(
                enabled,
                network,
                other,
                outgoing,
                accessCode,
                announceCap,
                announceRateTargetSeconds,
                announceRateGrace,
                announceRatePenaltySeconds,
                ingressControl,
                egressControl,
                recursivePathRequests,
                announcesFromInternal,
                announcesToInternal,
                gravity,
                opensTunnel,
                bursts,
                discovery,
                foundBy);
    }

    private static BurstLimits bursts(PolicyReader in) {
        BurstLimits usual = BurstLimits.DEFAULT;
        return new BurstLimits(
                in.integer("ingress.held.limit", usual.held(), 0, MOST_HELD),
                in.seconds("ingress.burst.hold.seconds", usual.hold()),
                in.rate("ingress.announces.per.second.new", usual.newAnnounces()),
                in.rate("ingress.announces.per.second", usual.announces()),
                in.rate("ingress.requests.per.second.new", usual.newRequests()),
                in.rate("ingress.requests.per.second", usual.requests()),
                in.seconds("ingress.new.seconds", usual.newFor()),
                in.seconds("ingress.burst.penalty.seconds", usual.penalty()),
                in.seconds("ingress.release.seconds", usual.release()),
                in.rate("egress.requests.per.second", usual.egressRequests()));
    }

    private static String modes() {
        return Arrays.stream(InterfaceMode.values()).map(InterfaceMode::word).collect(Collectors.joining(", "));
    }
}
