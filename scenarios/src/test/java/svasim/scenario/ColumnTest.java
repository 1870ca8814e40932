package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ColumnTest {
    private static final String OF = "dsa0.job.failed";

    @Test
    void shouldShowTheNumberWithoutWords() {
        Column column = new Column(OF, null, null, null);

        assertEquals("0", column.cell(0L));
        assertEquals("7", column.cell(7L));
        assertFalse(column.hasWords());
    }

    @Test
    void shouldSayInWordsWhetherThereIsSomeOfIt() {
        Column column = new Column(OF, "stopped", "SUCCEEDS", null);

        assertEquals("stopped", column.cell(0L));
        assertEquals("SUCCEEDS", column.cell(1L));
        assertTrue(column.hasWords());
    }

    @Test
    void shouldCountAsSomeOnlyFromTheLeastOn() {
        Column column = new Column(OF, "as usual", "DELAYED", 200L);

        assertEquals("as usual", column.cell(199L));
        assertEquals("DELAYED", column.cell(200L));
    }

    @Test
    void shouldTellOfAStatisticThatTheRunDoesNotHave() {
        assertEquals("no such statistic", new Column(OF, "no", "yes", null).cell(null));
    }

    @Test
    void shouldWantAStatisticAndAPositiveLeast() {
        assertThrows(IllegalArgumentException.class, () -> new Column(null, "a", "b", null));
        assertThrows(IllegalArgumentException.class, () -> new Column(OF, "a", "b", 0L));
    }
}
