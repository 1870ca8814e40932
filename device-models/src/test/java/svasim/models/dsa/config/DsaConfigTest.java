package svasim.models.dsa.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.device.FunctionProfile;
import svasim.models.dsa.DsaProvider;
import svasim.models.dsa.layout.Register;
import svasim.pcie.endpoint.AtcConfig;
import svasim.units.ByteSize;
import svasim.units.Require;

class DsaConfigTest {
    @ParameterizedTest
    @CsvSource({
        "9, 14, 4, 512, queues",
        "4, 33, 4, 512, queues",
        "1, 8, 5, 512, engines",
        "1, 8, 4, 8, readBuffers",
    })
    void shouldNameTheKeyThatTheDeviceCannotHave(
            int queues, int size, int engines, int buffers, String key) {
        Require.Violation violation =
                assertThrows(Require.Violation.class, () -> config(queues, size, engines, buffers));

        assertEquals(key, violation.component());
    }

    @ParameterizedTest
    @CsvSource({
        "SHARED, 129, , , size",
        "SHARED, 0, , , size",
        "SHARED, 8, 9, , threshold",
        "SHARED, 8, 0, , threshold",
        "DEDICATED, 8, 7, , threshold",
        "DEDICATED, 8, , 16, priority",
        "DEDICATED, 8, , 0, priority",
    })
    void shouldNameTheKeyThatAQueueCannotHave(
            QueueConfig.Mode mode, int size, Integer threshold, Integer priority, String key) {
        Require.Violation violation =
                assertThrows(
                        Require.Violation.class,
                        () ->
                                new QueueConfig(
                                        mode, null, size, threshold, priority, null, null, null,
                                        null, null));

        assertEquals(key, violation.component());
    }

    @Test
    void shouldRefuseGroupsThatItCannotHave() {
        Map<String, GroupConfig> greedy =
                Map.of(
                        "a",
                        new GroupConfig(3, null, null, null, null, null),
                        "b",
                        new GroupConfig(2, null, null, null, null, null));

        Require.Violation violation =
                assertThrows(
                        Require.Violation.class,
                        () ->
                                new DsaConfig(
                                        null, greedy, null, null, null, null, null, null, null,
                                        null, null, null, null, null, null, null));

        assertEquals("groups", violation.component());
    }

    @Test
    void shouldKeepTheOrderOfQueuesBecauseItIsTheirNumber() {
        Map<String, QueueConfig> queues = new LinkedHashMap<>();
        queues.put("zulu", Configs.sized(1));
        queues.put("alpha", Configs.shared(2, 1));
        DsaConfig config =
                new DsaConfig(
                        queues, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null);

        assertEquals(1, config.queueList().get(0).size());
        assertTrue(config.queueList().get(1).isShared());
    }

    @Test
    void shouldGiveEachEngineEntriesOfItsOwnInTheTranslationCache() {
        FunctionProfile profile = new DsaProvider().profile(config(1, 8, 3, 512));

        assertEquals(AtcConfig.Index.STREAM, profile.endpoint().atc().index());
        assertEquals(4, profile.endpoint().atc().sets());
    }

    @Test
    void shouldHaveFourPortalPagesForEachQueue() {
        FunctionProfile profile = new DsaProvider().profile(config(8, 16, 4, 512));

        assertEquals(ByteSize.ofKiB(128), profile.bars().get(2));
        assertEquals(ByteSize.ofKiB(64), profile.bars().get(0));
        assertEquals(7 * 16384 + 4096, Register.limitedPortal(7));
    }

    private static DsaConfig config(int queues, int size, int engines, int buffers) {
        QueueConfig[] all = new QueueConfig[queues];
        Arrays.fill(all, Configs.sized(size));
        Map<String, QueueConfig> named = Configs.named(all);
        return new DsaConfig(
                named, null, null, engines, null, null, buffers, null, null, null, null, null, null,
                null, null, null);
    }
}
