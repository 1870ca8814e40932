package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    /** As the printed tables have them. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.706",
        "2, 4.303",
        "3, 3.182",
        "4, 2.776",
        "5, 2.571",
        "9, 2.262",
        "10, 2.228",
        "29, 2.045",
        "30, 2.042",
        "60, 2.000",
        "120, 1.980",
        "100000, 1.960"
    })
    void shouldKnowStudentsT(int degrees, double t) {
        assertEquals(t, StudentT.of95Percent(degrees), 0.0005);
    }

    @Test
    void shouldSayHowSureTheMeanIs() {
        Estimate estimate = Estimate.of(List.of(8L, 10L, 12L));

        assertEquals(3, estimate.n());
        assertEquals(10, estimate.mean(), 1e-12);
        assertEquals(4.3027 * 2 / Math.sqrt(3), estimate.half(), 1e-3);
    }

    /** Hours of sleep gained, in tenths (Student, 1908); R prints 0.7001142 to 2.4598858. */
    @Test
    void shouldAgreeWithAnotherProgramOnPublishedNumbers() {
        List<Long> gained = List.of(12L, 24L, 13L, 13L, 0L, 10L, 18L, 8L, 46L, 14L);

        Estimate estimate = Estimate.of(gained);

        assertEquals(7.001142, estimate.mean() - estimate.half(), 1e-6);
        assertEquals(24.598858, estimate.mean() + estimate.half(), 1e-6);
    }

    /** NumAcc1 of NIST's reference data: mean 10000002, deviation 1, both exact. */
    @Test
    void shouldNotLoseASmallSpreadBehindALargeMean() {
        Estimate estimate = Estimate.of(List.of(10000001L, 10000003L, 10000002L));

        assertEquals(10000002, estimate.mean());
        assertEquals(StudentT.of95Percent(2) / Math.sqrt(3), estimate.half(), 1e-12);
    }

    @Test
    void shouldNotSayHowSureOneSeedIs() {
        assertTrue(Double.isNaN(Estimate.of(List.of(8L)).half()));
        assertEquals(0, Estimate.of(List.of(8L, 8L)).half());
    }
}
