package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.test.contract.MeshInterfaceContract;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes that share one folder: a stick that never has to be carried. Of the contract four themes do not fit: nobody is a
 * child, nobody is down for want of the other, nobody has an endpoint (a folder may serve several networks, which have
 * different keys), and what comes while no core is there is not dropped but waits.
 */
class SneakernetContractTest extends MeshInterfaceContract {

    @TempDir
    Path stick;

    private final Member one = new Member(1);
    private final Member two = new Member(2);
    private int attacks;

    @BeforeEach
    void invite() throws IOException {
        Files.createDirectory(stick.resolve(StickFolder.NAME));
    }

    @Override
    protected MeshInterface openFirst(Map<String, Object> extra) {
        return open("one", one, extra);
    }

    @Override
    protected MeshInterface openSecond(Map<String, Object> extra) {
        return open("two", two, extra);
    }

    /** Packets wait for whoever comes. */
    @Override
    protected boolean firstNeedsSecond() {
        return false;
    }

    @Override
    protected int window() {
        return 200;
    }

    @Override
    protected String threadPrefix() {
        return "kairos-sneakernet-";
    }

    @Override
    protected boolean attackSecond(byte[] bytes) {
        try {
            Files.write(stick.resolve(StickFolder.NAME).resolve("0000000" + attacks++ % 10 + ".kb"), bytes);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        Settings changed = settings("two", extra);
        ((SneakernetInterface) opened).modified(changed.as(SneakernetConfig.class), changed.map());
        return true;
    }

    @Override
    @Test
    protected void detachSilencesTheOldSinkAndAnotherAttachWorks() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), new byte[][] {Member.packet(4)});
        RecordingSink old = pair.second().sink();

        pair.second().opened().detach();
        Set<String> before = batches();
        pair.first().send(Member.packet(5));
        WaitFor.condition("the packet is on the stick", () -> !before.containsAll(batches()));

        RecordingSink inbox = pair.second().attach();
        WaitFor.condition("what came meanwhile is there", () -> inbox.count() == 1);
        assertArrayEquals(Member.packet(5), inbox.packets().get(0));
        assertEquals(1, old.count());
    }

    @Test
    void packetsCountForWhoeverWroteThem() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), new byte[][] {Member.packet(6), Member.packet(7)});

        List<Neighbour> heard = pair.second().opened().neighbours();
        assertEquals(1, heard.size());
        assertEquals(one.hash().toHex(), heard.get(0).name());
        assertTrue(heard.get(0).packets() >= 2, heard::toString);
    }

    private Set<String> batches() {
        return Set.of(stick.resolve(StickFolder.NAME).toFile().list((folder, name) -> name.endsWith(".kb")));
    }

    private MeshInterface open(String name, Member member, Map<String, Object> extra) {
        Settings settings = settings(name, extra);
        SneakernetInterface opened =
                new SneakernetInterface(settings.as(SneakernetConfig.class), settings.map(), time, time);
        opened.bindStore(member.store);
        opened.bindSuite(Member.SUITE);
        opened.bindIdentities(member.identities());
        return opened;
    }

    private Settings settings(String name, Map<String, Object> extra) {
        return Settings.of(
                        "interface.name",
                        name,
                        "folders",
                        stick.toString(),
                        "key",
                        Member.KEY,
                        "gather.milliseconds",
                        10,
                        "look.seconds",
                        1,
                        "links",
                        true)
                .with(extra);
    }
}
