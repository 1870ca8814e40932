package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.binding.InvalidInput;

/** What guests name is looked up in the machine, and what their programs name in the guest. */
class GuestCheckTest {
    private static final String TEXT =
            """
            svasim: 1
            title: Names
            machine: {devices: {dsa0: {model: dsa, config: QUEUES}, card: {model: dma-bench}}}
            processes:
              app: {threads: {main: [KILL]}}
            guests:
              vm0:
                memory: MEMORY
                devices: {dsa0: {assign: ASSIGN}, bench: {assign: card}}
                processes:
                  app:
                    buffers: {src: {size: 4KiB}}
                    threads: {main: [{touch: TOUCH}, {open: OPEN}]}
              vm1:
                devices: {other: {assign: OTHER}}
            expect:
              memory: {EXPECTED: vm0.app.src}
            """;

    private static String text(String... replacements) {
        String text = TEXT;
        for (int i = 0; i < replacements.length; i += 2) {
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        return text.replace("KILL", "{kill: vm0}")
                .replace("QUEUES", "{queues: {wq0: {mode: shared}}}")
                .replace("MEMORY", "64MiB")
                .replace("ASSIGN", "dsa0")
                .replace("TOUCH", "src")
                .replace("OPEN", "dsa0")
                .replace("{assign: OTHER}", "{compose: dsa0, queue: wq0}")
                .replace("EXPECTED", "vm0.app.src");
    }

    private static List<String> mistakes(String... replacements) {
        ScenarioFile file =
                ScenarioFile.of("s.yaml", text(replacements).getBytes(StandardCharsets.UTF_8));
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> file.bindAll(Map.of()));
        return invalid.mistakes().stream().map(Object::toString).toList();
    }

    @Test
    void shouldTakeNamesThatAreThere() {
        ScenarioFile.of("s.yaml", text().getBytes(StandardCharsets.UTF_8)).bindAll(Map.of());
    }

    @Test
    void shouldReportEveryMistakeWithItsPlaceAndTheNearestName() {
        assertEquals(
                List.of(
                        "s.yaml:5:33: /processes/app/threads/main/0/kill: unknown process"
                                + " \"vm2\"; known: app, vm0, vm1. Did you mean \"vm0\"?",
                        "s.yaml:8:13: /guests/vm0/memory: found \"4MiB\"; expected 32MiB to 2GiB",
                        "s.yaml:9:30: /guests/vm0/devices/dsa0/assign: unknown device \"dsa1\";"
                                + " known: dsa0, card. Did you mean \"dsa0\"?",
                        "s.yaml:13:34: /guests/vm0/processes/app/threads/main/0/touch: unknown"
                                + " buffer \"scr\"; known: src. Did you mean \"src\"?",
                        "s.yaml:13:47: /guests/vm0/processes/app/threads/main/1/open: unknown"
                                + " device \"card\"; known: dsa0, bench",
                        "s.yaml:17:12: /expect/memory/vm0.app.sr: unknown buffer"
                                + " \"vm0.app.sr\"; known: vm0.app.src. Did you mean"
                                + " \"vm0.app.src\"?"),
                mistakes(
                        "MEMORY",
                        "4MiB",
                        "KILL",
                        "{kill: vm2}",
                        "ASSIGN",
                        "dsa1",
                        "TOUCH",
                        "scr",
                        "OPEN",
                        "card",
                        "EXPECTED",
                        "vm0.app.sr"));
    }

    @Test
    void shouldGiveADeviceToOneGuestOnly() {
        assertEquals(
                List.of(
                        "s.yaml:15:31: /guests/vm1/devices/other/assign: \"dsa0\" belongs to vm0;"
                                + " a device of its own, for example a virtual function"),
                mistakes("OTHER", "dsa0"));
    }

    @Test
    void shouldKeepTheNameOfADeviceForItsModel() {
        assertEquals(
                List.of(
                        "s.yaml:9:15: /guests/vm0/devices/dsa0: \"dsa0\" is the name of a device"
                                + " of another model; a name that the machine does not have, or"
                                + " only for the same model",
                        "s.yaml:9:53: /guests/vm0/devices/bench/assign: \"card\" belongs to vm0;"
                                + " a device of its own, for example a virtual function"),
                mistakes("ASSIGN", "card"));
    }

    @Test
    void shouldAskForAnIommuThatServesGuests() {
        assertEquals(
                List.of(
                        "s.yaml:9:14: /guests/vm0/devices: the IOMMU is virtio, which has no second"
                                + " stage for a guest; a machine with one of [vtd, smmuv3, amdvi]",
                        "s.yaml:15:14: /guests/vm1/devices: the IOMMU is virtio, which has no"
                                + " second stage for a guest; a machine with one of [vtd, smmuv3,"
                                + " amdvi]"),
                mistakes(
                        "machine: {",
                        "machine: {iommu: {unit: virtio}, ",
                        "{assign: OTHER}",
                        "{assign: card}",
                        ", bench: {assign: card}",
                        ""));
        assertEquals(
                List.of(
                        "s.yaml:8:20: /guests/vm0/viommu/mode: the IOMMU is amdvi, which has no"
                                + " mode \"caching\"; a machine with vtd"),
                mistakes(
                        "machine: {",
                        "machine: {iommu: {unit: amdvi}, ",
                        "memory: MEMORY",
                        "viommu: {mode: caching}",
                        ", bench: {assign: card}",
                        "",
                        "{assign: OTHER}",
                        "{assign: card}"));
    }

    @Test
    void shouldShareADeviceOnlyWhereTheHostOwnsTheTablesOfPasids() {
        assertEquals(
                List.of(
                        "s.yaml:15:32: /guests/vm1/devices/other/compose: the IOMMU is smmuv3, which"
                                + " reads one table of PASIDs for a device; a machine with vtd, or"
                                + " \"assign\""),
                mistakes("machine: {", "machine: {iommu: {unit: smmuv3}, "));
    }

    @Test
    void shouldRefuseQueueThatCannotBeShared() {
        assertEquals(
                List.of(
                        "s.yaml:15:45: /guests/vm1/devices/other/queue: unknown queue \"wq9\";"
                                + " known: wq0. Did you mean \"wq0\"?"),
                mistakes("{assign: OTHER}", "{compose: dsa0, queue: wq9}"));
        assertEquals(
                List.of(
                        "s.yaml:15:45: /guests/vm1/devices/other/queue: \"wq0\" is a queue of one"
                                + " process; one with mode: shared"),
                mistakes("QUEUES", "{queues: {wq0: {size: 8}}}"));
    }
}
