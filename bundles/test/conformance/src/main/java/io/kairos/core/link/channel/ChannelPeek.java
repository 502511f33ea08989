package io.kairos.core.link.channel;

import io.kairos.api.link.Channel;
import io.kairos.core.link.channel.ChannelSender.Outstanding;
import io.kairos.test.conformance.Inside;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Shows the conformance bridge what a channel keeps to its package. */
public final class ChannelPeek {

    /**
     * An envelope on its way.
     *
     * @param sequence its number
     * @param tries how often it was sent
     */
    public record OnItsWay(int sequence, int tries) {}

    private final LinkChannel channel;

    public ChannelPeek(Channel channel) {
        this.channel = (LinkChannel) channel;
    }

    /** Sends a message of any type, also of the types of the system. */
    public Optional<CompletionStage<Void>> send(int type, byte[] message) {
        return channel.sendAny(type, message);
    }

    public WindowPeek window() {
        return new WindowPeek(sender().window());
    }

    public int nextToSend() {
        return Inside.number(sender(), "next");
    }

    public int nextToReceive() {
        return receiver().next();
    }

    public int held() {
        return receiver().held();
    }

    @SuppressWarnings("unchecked")
    public List<OnItsWay> onTheirWay() {
        Map<Integer, Outstanding> all = (Map<Integer, Outstanding>) Inside.get(sender(), "outstanding");
        return List.copyOf(all.values()).stream()
                .map(one -> new OnItsWay(one.envelope().sequence(), Inside.number(one, "tries")))
                .toList();
    }

    /** A channel of its own on the same link, to which nothing comes but what is given to it. */
    public LinkChannel another() {
        return new LinkChannel((ChannelHost) Inside.get(channel, "host"));
    }

    public boolean isClosed() {
        return (Boolean) Inside.get(channel, "closed");
    }

    public int messageHandlers() {
        return ((MessageHandlers) Inside.get(channel, "messageHandlers")).size();
    }

    public static double timeout(double roundTrip, int onTheirWay, int tries) {
        return ChannelSender.timeout(roundTrip, onTheirWay, tries);
    }

    public static double slow() {
        return (Double) Inside.constant(ChannelWindow.class, "SLOW");
    }

    /** How often a piece of a stream is tried to be compressed, in shorter and shorter parts. */
    public static int compressionAttempts() {
        return (Integer) Inside.constant(StreamWriter.class, "ATTEMPTS");
    }

    private ChannelSender sender() {
        return (ChannelSender) Inside.get(channel, "sender");
    }

    private ChannelReceiver receiver() {
        return (ChannelReceiver) Inside.get(channel, "receiver");
    }

    /** Shows a window. */
    public static final class WindowPeek {

        private final ChannelWindow window;

        WindowPeek(ChannelWindow window) {
            this.window = window;
        }

        /** The window with which a channel begins. */
        public static WindowPeek initial(double roundTrip) {
            return new WindowPeek(new ChannelWindow(roundTrip));
        }

        public int size() {
            return window.size();
        }

        public int min() {
            return Inside.number(window, "min");
        }

        public int max() {
            return window.max();
        }

        public int flexibility() {
            return Inside.number(window, "flexibility");
        }

        public int fastRounds() {
            return Inside.number(window, "fastRounds");
        }

        public int mediumRounds() {
            return Inside.number(window, "mediumRounds");
        }
    }
}
