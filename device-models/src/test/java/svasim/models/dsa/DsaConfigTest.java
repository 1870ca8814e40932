package svasim.models.dsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.device.FunctionProfile;
import svasim.pcie.endpoint.AtcConfig;
import svasim.units.ByteSize;
import svasim.units.Require;

class DsaConfigTest {
    @ParameterizedTest
    @CsvSource({
        "9, , , , workQueues",
        "4, 33, , , workQueueSize",
        ", , 5, , engines",
        ", , , 8, readBuffers",
    })
    void shouldNameTheKeyThatTheDeviceCannotHave(
            Integer queues, Integer size, Integer engines, Integer buffers, String key) {
        Require.Violation violation =
                assertThrows(Require.Violation.class, () -> config(queues, size, engines, buffers));

        assertEquals(key, violation.component());
    }

    @Test
    void shouldGiveEachEngineEntriesOfItsOwnInTheTranslationCache() {
        FunctionProfile profile = new DsaProvider().profile(config(null, null, 3, null));

        assertEquals(AtcConfig.Index.STREAM, profile.endpoint().atc().index());
        assertEquals(4, profile.endpoint().atc().sets());
    }

    @Test
    void shouldHaveFourPortalPagesForEachQueue() {
        FunctionProfile profile = new DsaProvider().profile(config(8, 16, null, null));

        assertEquals(ByteSize.ofKiB(128), profile.bars().get(2));
        assertEquals(ByteSize.ofKiB(64), profile.bars().get(0));
        assertEquals(7 * 16384 + 4096, Register.limitedPortal(7));
    }

    private static DsaConfig config(
            Integer queues, Integer size, Integer engines, Integer buffers) {
        return new DsaConfig(
                queues, size, engines, null, buffers, null, null, null, null, null, null, null,
                null);
    }
}
