package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

class DataLinkTimesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 128, 237", "2, 4, 256, 169", "3, 8, 256, 203",
        "3, 16, 256, 168", "4, 4, 512, 250", "5, 16, 512, 182"
    })
    void shouldLimitAcknowledgementsAsTheTableSays(
            int generation, int lanes, int maxPayload, int symbols) {
        assertEquals(symbols, DataLinkTimes.ackLimitSymbols(generation, lanes, maxPayload));
    }

    @Test
    void shouldWaitForThreeAcknowledgementsOnOldLinks() {
        Picoseconds none = new Picoseconds(0);
        LinkConfig link = LinkConfigs.withTimes(LinkConfig.of(1, 1, new ByteSize(128)), none, none);

        assertEquals(711 * 4000, new DataLinkTimes(link).replayPs());
    }

    @Test
    void shouldHaveTheSimplifiedReplayTimerOnNewLinks() {
        assertEquals(24_000 * 500, new DataLinkTimes(LinkConfig.of(4, 16)).replayPs());
    }
}
