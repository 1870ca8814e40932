package svasim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final Path CAPTURES = Path.of("src/test/resources/captures");

    private static Capture capture(String name) throws IOException {
        return Capture.read(CAPTURES.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vtd-record-of-a-read",
                "vtd-wait-with-interrupt",
                "vtd-mix-1",
                "vtd-pri-1",
                "vtd-fs-vfio-5",
                "vtd-legacy-vfio-1",
                "smmuv3-event-queue-indices-on-page-one",
                "smmuv3-ats-1",
                "smmuv3-mix-1",
                "smmuv3-s2-vfio-11",
                "amdvi-four-levels",
                "amdvi-fault-1",
                "amdvi-mix-1",
                "amdvi-vfio-7",
                "smmuv2-worked-example",
                "virtio-worked-example"
            })
    void shouldDoWhatTheCaptureSays(String name) throws IOException {
        ReplayResult result = Replay.run(capture(name));

        assertTrue(result.good(), ReplayReport.text(result));
        assertFalse(result.checked().isEmpty());
    }

    @Test
    void shouldCheckEveryExpectationOfTheCapture() throws IOException {
        ReplayResult result = Replay.run(capture("vtd-mix-1"));

        assertEquals(
                Map.of(
                        "C", 5, "F", 30, "G", 1, "I", 72, "N", 15, "R", 26, "T", 56, "V", 18, "X",
                        42),
                result.checked());
    }

    @Test
    void shouldCallAUnitWithoutModelUnsupported() throws IOException {
        ReplayResult result = Replay.run(capture("no-model"));

        assertFalse(result.good());
        assertEquals(Map.of("unit unheard-of", 1), result.unsupported());
    }

    /** What an expectation says is changed; the comparison has to notice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "T ([0-9a-f]+) (\\S+) (\\S+) (\\S+) [0-9a-f]+(.*)=T $1 $2 $3 $4 123$5",
                "F (\\S+) (\\S+) (\\S+) (\\S+) \\S+=F $1 $2 $3 $4 7f",
                "C (\\S+) (\\S+) (\\S+) (\\S+) 0 (.*)=C $1 $2 $3 $4 1 $5",
                "I (\\S+) (\\S+)=I $1 77",
                "V (\\S+) (.*)=V 1 $2",
                "G (\\S+) (\\S+) (\\S+) (\\S+)=G $1 $2 1ff $4",
                "R (\\S+) (\\S+) \\S+=R $1 $2 123456",
                "X (\\S+) .*=X $1 123456"
            })
    void shouldNoticeAWrongExpectation(String change) throws IOException {
        String[] parts = change.split("=", 2);
        Capture good = capture("vtd-mix-1");
        List<String> lines = new ArrayList<>(good.lines());
        int at = 0;
        while (!lines.get(at).matches(parts[0])) {
            at++;
        }
        lines.set(at, lines.get(at).replaceAll(parts[0], parts[1]));

        ReplayResult result = Replay.run(new Capture(good.unit(), lines));

        assertEquals(Set.of(change.substring(0, 1)), result.failed().keySet());
        assertEquals(at + 1, result.failures().get(0).line());
    }

    @Test
    void shouldNameLinesThatItCannotRead() throws IOException {
        Capture good = capture("vtd-record-of-a-read");
        List<String> lines = List.of("M zz 1", "Q 1 2", "M 1000", "# remark", "", "S 0");

        ReplayResult result = Replay.run(new Capture(good.unit(), lines));

        assertEquals(
                Set.of("line 1: \"zz\" is no number", "line kind \"Q\"", "line 3: has no field 2"),
                result.unsupported().keySet());
    }

    @Test
    void shouldKeepTheFirstTenFailures() throws IOException {
        Capture good = capture("vtd-record-of-a-read");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add("X 1000 1");
        }

        ReplayResult result = Replay.run(new Capture(good.unit(), lines));

        assertEquals(12, result.failed().get("X"));
        assertEquals(10, result.failures().size());
    }

    @Test
    void shouldCountComparisonsThatUsedAnEquivalence() throws IOException {
        Capture good = capture("vtd-record-of-a-read");
        CaptureUnit unit = good.unit();
        CaptureUnit lenient =
                new CaptureUnit(
                        unit.name(),
                        unit.iommu(),
                        unit.features(),
                        unit.registers(),
                        unit.ramBase(),
                        unit.ramSize(),
                        null,
                        Map.of("7f", List.of("1")));
        List<String> lines =
                good.lines().stream().map(l -> l.replaceAll("^(F .*) 1$", "$1 7f")).toList();

        ReplayResult result = Replay.run(new Capture(lenient, lines));

        assertTrue(result.good(), ReplayReport.text(result));
        assertEquals(1, result.equivalences());
    }

    @Test
    void shouldWriteAnObjectForPrograms() throws IOException {
        ReplayResult result = Replay.run(capture("vtd-record-of-a-read"));

        assertEquals(
                "{\"capture\":\"vtd-record-of-a-read\",\"iommu\":\"intel-vtd\","
                        + "\"checked\":{\"F\":1,\"R\":4},\"failed\":{},\"unsupported\":{},"
                        + "\"equivalences\":0,\"failures\":[]}",
                ReplayReport.json(result));
    }

    @Test
    void shouldFindEveryCaptureBelowAFolder() throws IOException {
        assertTrue(Capture.find(CAPTURES).size() >= 10);
    }
}
