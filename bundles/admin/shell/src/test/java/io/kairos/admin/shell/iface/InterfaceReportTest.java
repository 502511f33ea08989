package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Json;
import io.kairos.admin.shell.mesh.Rates;
import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceReportTest {

    private static final Running LAN = new Running(
            "lan", "main", "auto", InterfaceState.UP, Optional.empty(), "full", 10_000_000, 2, Optional.empty());
    private static final Running VPS = new Running(
            "vps-eu",
            "dev",
            "tcp-client",
            InterfaceState.DOWN,
            Optional.of(new Failure(Failure.Kind.NETWORK, "Nothing listens there.", "Start it.")),
            "gateway",
            10_000_000,
            0,
            Optional.empty());

    @Test
    void showsWhatRunsBesideWhatIsConfigured() {
        assertEquals("""
            Name    Network  Kind        State        Mode      Bit rate  Neighbours  Settings
            ------  -------  ----------  -----------  -------  ---------  ----------  ----------
            lan     main     auto        UP           full     10 Mbit/s           2  -
            lora    main     tcp-client  not running  -                -           -  lora.cfg
                → Its settings were refused or its transport is not active: mesh:doctor tells why.
            vps-eu  dev      tcp-client  DOWN         gateway  10 Mbit/s           0  vps-eu.cfg
                Nothing listens there.
                  → Start it.
            """, report().list());
    }

    @Test
    void oneNetworkIsShownAlone() {
        String dev = report().in("dev").list();
        String main = report().in("main").list();

        assertTrue(dev.contains("vps-eu") && !dev.contains("lan"), dev);
        assertTrue(main.contains("lan") && main.contains("lora") && !main.contains("vps-eu"), main);
    }

    @Test
    void scriptsGetTheSame() {
        String json = Json.write(report().json());

        assertTrue(json.contains("""
                "name": "lora",
                "network": "main",
                "kind": "tcp-client",
                "state": null,
                "running": false,
            """), json);
        assertTrue(json.contains("\"remedy\": \"Start it.\""), json);
    }

    @Test
    void anEmptyListSaysWhatToDoNext() {
        assertTrue(new InterfaceReport(Map.of(), List.of()).list().contains("→ iface:list -k"));
        assertTrue(InterfaceReport.kinds(List.of()).contains("→ feature:list"));
    }

    @Test
    void settingsShowDefaultsAndHideSecrets() {
        String text = InterfaceReport.settings(configured(
                "vps-eu", Map.of("interface.name", "vps-eu", "access.passphrase", "hunter2", "speling", "x")));

        assertEquals("""
            Settings (/opt/kairos/etc/vps-eu.cfg):
            Setting            Value
            -----------------  ------  ---------------------
            interface.name     vps-eu  set
            peer.host                  default
            peer.port          4242    default
            framing            hdlc    default
            enabled            true    default
            access.passphrase  ••••    set
            speling            x       unknown to tcp-client
            """, text);
    }

    @Test
    void secretsAreHiddenFromScriptsToo() {
        String json = Json.write(InterfaceReport.json(
                Optional.empty(),
                Optional.of(configured("vps-eu", Map.of("access.passphrase", "hunter2"))),
                Rates.UNKNOWN));

        assertFalse(json.contains("hunter2"), json);
        assertTrue(json.contains("\"interface\": null"), json);
    }

    @Test
    void kindsTellWhereTheirSettingsGo() {
        assertEquals("""
            Kind        What        Settings file
            ----------  ----------  ---------------------------------------------
            tcp-client  TCP client  etc/io.kairos.transport.tcp.client-<name>.cfg
            iface:example <kind> shows all settings of one.
            """, InterfaceReport.kinds(List.of(Kinds.TCP_CLIENT)));
    }

    @Test
    void settingsCompleteUntilTheyAreGiven() {
        List<String> words = SettingCompleter.words(
                new KindCatalog(List.of(Kinds.TCP_CLIENT)), List.of("iface:add", "tcp-client", "name=x", "peer.p"));

        assertEquals(List.of("peer.host=", "peer.port=", "framing=", "enabled=", "access.passphrase="), words);
        assertEquals(
                List.of(),
                SettingCompleter.words(new KindCatalog(List.of(Kinds.TCP_CLIENT)), List.of("iface:add", "x")));
    }

    private static InterfaceReport report() {
        return new InterfaceReport(
                Map.of("lan", LAN, "vps-eu", VPS),
                List.of(configured("vps-eu", Map.of()), configured("lora", Map.of())));
    }

    private static Configured configured(String name, Map<String, String> settings) {
        return new Configured(
                name,
                Kinds.TCP_CLIENT,
                Kinds.TCP_CLIENT_PID + "." + name,
                settings,
                Optional.of(Path.of("/opt/kairos/etc/" + name + ".cfg")));
    }
}
