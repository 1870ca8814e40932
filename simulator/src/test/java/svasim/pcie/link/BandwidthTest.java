package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.pcie.link.PublishedBandwidth.Setting;

/**
 * What a saturated link carries, counted packet by packet, beside the published model. The
 * simulated link charges only the data link packets that it sends: none in the direction of plain
 * writes.
 */
class BandwidthTest {
    private static final int[] SIZES = {64, 128, 256, 512, 1024, 2048, 4096};

    static Stream<Arguments> tables() {
        return Stream.of(
                table(
                        new Setting(3, 8, 256, 512, 24, 256),
                        "42.0980 48.7451 52.9232 52.9232 52.9232 52.9232 52.9232",
                        "44.1027 50.0625 53.6902 53.6902 53.6902 53.6902 53.6902",
                        "33.0770 42.0980 48.7451 50.7483 50.7483 50.7483 50.7483"),
                table(
                        new Setting(3, 8, 256, 512, 28, 256),
                        "40.2677 47.4952 52.1778 52.1778 52.1778 52.1778 52.1778",
                        "44.1027 50.0625 53.6902 53.6902 53.6902 53.6902 53.6902",
                        "30.8719 40.2677 47.4952 49.7265 49.7265 49.7265 49.7265"),
                table(
                        new Setting(3, 8, 256, 512, 24, 64),
                        "42.0980 48.7451 52.9232 52.9232 52.9232 52.9232 52.9232",
                        "44.1027 44.1027 44.1027 44.1027 44.1027 44.1027 44.1027",
                        "33.0770 42.0980 44.1027 44.1027 44.1027 44.1027 44.1027"),
                table(
                        new Setting(4, 16, 256, 512, 24, 256),
                        "165.3819 191.4948 207.9087 207.9087 207.9087 207.9087 207.9087",
                        "173.2572 196.6704 210.9219 210.9219 210.9219 210.9219 210.9219",
                        "129.9429 165.3819 191.4948 199.3645 199.3645 199.3645 199.3645"),
                table(
                        new Setting(5, 16, 512, 4096, 24, 512),
                        "333.4498 386.0997 419.1940 437.9639 437.9639 437.9639 437.9639",
                        "349.3283 396.5349 425.2693 441.2569 441.2569 441.2569 441.2569",
                        "261.9963 333.4498 386.0997 419.1940 428.3734 433.1156 435.5262"),
                table(
                        new Setting(1, 1, 128, 128, 20, 128),
                        "1.4170 1.6085 1.6085 1.6085 1.6085 1.6085 1.6085",
                        "1.4170 1.6085 1.6085 1.6085 1.6085 1.6085 1.6085",
                        "1.1445 1.4170 1.4170 1.4170 1.4170 1.4170 1.4170"));
    }

    private static Arguments table(Setting setting, String write, String read, String both) {
        return Arguments.of(setting, numbers(write), numbers(read), numbers(both));
    }

    private static double[] numbers(String row) {
        return Arrays.stream(row.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldAgreeWithThePublishedTables(
            Setting setting, double[] write, double[] read, double[] both) {
        PublishedBandwidth model = PublishedBandwidth.of(setting);
        for (int i = 0; i < SIZES.length; i++) {
            assertEquals(write[i], model.write(SIZES[i]), 1e-4, "write " + SIZES[i]);
            assertEquals(read[i], model.read(SIZES[i]), 1e-4, "read " + SIZES[i]);
            assertEquals(both[i], model.both(SIZES[i]), 1e-4, "both " + SIZES[i]);
        }
    }

    /** Both directions are busy: every term of the corrected model is there. */
    @ParameterizedTest
    @MethodSource("tables")
    void shouldCarryReadsAndWritesAtTheCorrectedRate(Setting setting) {
        PublishedBandwidth model = PublishedBandwidth.corrected(setting);
        for (int bytes : SIZES) {
            double simulated = new SaturatedLink(setting, bytes, true, true).gigabits();
            assertClose(model.both(bytes), simulated, share(setting), bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldCarryReadsAtTheCorrectedRate(Setting setting) {
        PublishedBandwidth model = PublishedBandwidth.corrected(setting);
        for (int bytes : SIZES) {
            double simulated = new SaturatedLink(setting, bytes, false, true).gigabits();
            assertClose(model.read(bytes), simulated, share(setting), bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldCarryWritesAtTheRateWithoutDataLinkPackets(Setting setting) {
        PublishedBandwidth corrected = PublishedBandwidth.corrected(setting);
        double skip = setting.generation() <= 2 ? 4.0 / 1538 : 16.0 / 6000;
        PublishedBandwidth model = new PublishedBandwidth(setting, setting.raw() * (1 - skip));
        for (int bytes : SIZES) {
            double simulated = new SaturatedLink(setting, bytes, true, false).gigabits();
            assertClose(model.write(bytes), simulated, 0.005, bytes);
            assertTrue(simulated >= corrected.write(bytes) * 0.995);
        }
    }

    /**
     * On a single lane, packets are about as long as the limit of acknowledgements, and one that
     * waits for the next packet's end comes more rarely than the limit: the model charges too many.
     */
    private static double share(Setting setting) {
        return setting.lanes() == 1 ? 0.05 : 0.01;
    }

    private static void assertClose(double expected, double found, double share, int bytes) {
        String text = String.format(Locale.ROOT, "%d B: %.4f, not %.4f", bytes, found, expected);
        assertEquals(expected, found, expected * share, text);
    }

    /** The README beside the code shows what is measured here. */
    @Test
    void shouldShowInTheReadmeWhatIsMeasured() throws IOException {
        Setting setting = new Setting(3, 8, 256, 512, 24, 256);
        List<String> measured = new ArrayList<>();
        for (int bytes : SIZES) {
            measured.add(row(setting, bytes));
        }

        List<String> shown =
                Files.readAllLines(Path.of("src/main/java/svasim/pcie/README.md")).stream()
                        .filter(line -> line.matches("\\| \\d+ \\|.*"))
                        .toList();
        assertEquals(measured, shown);
    }

    private static String row(Setting setting, int bytes) {
        PublishedBandwidth fixed = PublishedBandwidth.corrected(setting);
        PublishedBandwidth published = PublishedBandwidth.of(setting);
        return String.format(
                Locale.ROOT,
                "| %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
                bytes,
                new SaturatedLink(setting, bytes, true, false).gigabits(),
                fixed.write(bytes),
                published.write(bytes),
                new SaturatedLink(setting, bytes, false, true).gigabits(),
                fixed.read(bytes),
                published.read(bytes),
                new SaturatedLink(setting, bytes, true, true).gigabits(),
                fixed.both(bytes),
                published.both(bytes));
    }
}
