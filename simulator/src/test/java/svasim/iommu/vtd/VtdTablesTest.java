package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.layout.Layouts.assertReads;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdContextTables.Legacy;
import svasim.iommu.vtd.VtdContextTables.Scalable;
import svasim.iommu.vtd.VtdPasidTables.Directory;
import svasim.iommu.vtd.VtdPasidTables.Pasids;
import svasim.layout.Pointer;
import svasim.layout.TableShape;
import svasim.layout.WordLayout;
import svasim.paging.Access;
import svasim.paging.VtdSecondFormat;

/** The description of the tables says what the unit reads. */
class VtdTablesTest {
    private static final long TABLE = 0x1_2345_6000L;

    @Property(tries = 200)
    void shouldDescribeScalableContextsAsTheUnitReadsThem(@ForAll long low, @ForAll long high) {
        WordLayout word = Scalable.LOW;

        assertReads(word, "P", low, ScalableContext.present(low));
        assertReads(word, "FPD", low, ScalableContext.faultsSuppressed(low));
        assertReads(word, "DTE", low, ScalableContext.atsAllowed(low));
        assertReads(word, "PASIDE", low, ScalableContext.pasidAllowed(low));
        assertReads(word, "PRE", low, ScalableContext.pageRequestsAllowed(low));
        assertReads(word, "HPTE", low, ScalableContext.checksPermissions(low));
        assertReads(word, "EPTR", low, ScalableContext.translatedWithPasid(low));
        assertReads(word, "PASIDDIRPTR", low, ScalableContext.directory(low) >>> 12);
        assertReads(Scalable.HIGH, "RID_PASID", high, ScalableContext.ridPasid(high));
        assertReads(Scalable.HIGH, "RID_PRIV", high, ScalableContext.ridPrivileged(high));
    }

    @Property(tries = 200)
    void shouldGiveADirectoryAsManyEntriesAsItsContextSays(@ForAll long low) {
        long present = low | 1;
        List<Pointer> found = new Scalable(0).pointers(0, new long[] {present, 0, 0, 0});

        int pasids = found.get(0).to().entries() << PasidDirectory.PASID_BITS;

        assertTrue(ScalableContext.beyondDirectory(present, pasids));
        assertEquals(false, ScalableContext.beyondDirectory(present, pasids - 1));
    }

    @Property(tries = 200)
    void shouldDescribeLegacyContextsAsTheUnitReadsThem(@ForAll long low, @ForAll long high) {
        assertReads(Legacy.LOW, "P", low, LegacyContext.present(low));
        assertReads(Legacy.LOW, "FPD", low, LegacyContext.faultsSuppressed(low));
        assertReads(Legacy.LOW, "TT", low, LegacyContext.translationType(low));
        assertReads(Legacy.LOW, "SSPTPTR", low, LegacyContext.tables(low) >>> 12);
        assertReads(Legacy.HIGH, "AW", high, LegacyContext.levels(high) - 2);
        assertReads(Legacy.HIGH, "DID", high, LegacyContext.domain(high));
    }

    @Property(tries = 200)
    void shouldDescribePasidEntriesAsTheUnitReadsThem(
            @ForAll long word0, @ForAll long word1, @ForAll long word2) {
        assertReads(Pasids.WORD_0, "P", word0, PasidTableEntry.present(word0));
        assertReads(Pasids.WORD_0, "FPD", word0, PasidTableEntry.faultsSuppressed(word0));
        assertReads(Pasids.WORD_0, "PGTT", word0, PasidTableEntry.translationType(word0));
        assertReads(Pasids.WORD_0, "AW", word0, PasidTableEntry.secondLevels(word0) - 2);
        assertReads(Pasids.WORD_0, "SSADE", word0, PasidTableEntry.secondAccessedDirty(word0));
        assertReads(Pasids.WORD_0, "SSPTPTR", word0, PasidTableEntry.secondTables(word0) >>> 12);
        assertReads(Pasids.WORD_1, "DID", word1, PasidTableEntry.domain(word1));
        assertReads(Pasids.WORD_1, "PWSNP", word1, PasidTableEntry.walksSnoop(word1));
        assertReads(Pasids.WORD_2, "SRE", word2, PasidTableEntry.supervisorAllowed(word2));
        assertReads(Pasids.WORD_2, "ERE", word2, PasidTableEntry.executeAllowed(word2));
        assertReads(Pasids.WORD_2, "FSPM", word2, PasidTableEntry.firstLevels(word2) - 4);
        assertReads(Pasids.WORD_2, "WPE", word2, PasidTableEntry.writeProtect(word2));
        assertReads(Pasids.WORD_2, "NXE", word2, PasidTableEntry.executeDisable(word2));
        assertReads(Pasids.WORD_2, "SMEP", word2, PasidTableEntry.noSupervisorExecute(word2));
        assertReads(Pasids.WORD_2, "EAFE", word2, PasidTableEntry.extendedAccessed(word2));
        assertReads(Pasids.WORD_2, "FSPTPTR", word2, PasidTableEntry.firstTables(word2) >>> 12);
    }

    @Test
    void shouldLeadFromTheRegisterToThePageTablesOfAPasid() {
        int requester = 0x6A08;
        int pasid = 70;
        Pointer root = VtdTables.of(RootTable.register(TABLE, true)).get(0);
        TableShape contexts =
                root.to().pointers(0x6A, new long[] {RootTable.entry(TABLE), 0}).get(0).to();
        TableShape directory =
                contexts.pointers(
                                requester & 0x7F,
                                new long[] {ScalableContext.of(TABLE, 7, true, true), 0, 0, 0})
                        .get(0)
                        .to();
        TableShape pasids =
                directory.pointers(pasid >>> 6, new long[] {PasidDirectory.of(TABLE)}).get(0).to();
        long[] entry = new long[8];
        entry[0] = PasidTableEntry.firstStage() | PasidTableEntry.PRESENT;
        entry[2] = PasidTableEntry.firstStageTables(TABLE);

        assertEquals(TABLE, root.address());
        assertEquals("bus 6a", root.to().row(0x6A));
        assertEquals("function 6a:01.0", contexts.row(requester & 0x7F));
        assertEquals("PASIDs 64 to 127", directory.row(pasid >>> 6));
        assertEquals("PASID 70", pasids.row(pasid & 63));
        assertEquals(TABLE, pasids.pointers(6, entry).get(0).address());
        assertEquals("page table of PML4Es", pasids.pointers(6, entry).get(0).to().title());
    }

    @Test
    void shouldReadTheFirstStageOfANestedEntryThroughTheSecond() {
        long[] entry = new long[8];
        entry[0] =
                PasidTableEntry.secondStage(TABLE, 4)
                        | PasidTableEntry.firstStage()
                        | PasidTableEntry.PRESENT;
        entry[2] = PasidTableEntry.firstStageTables(0x5000);
        List<Pointer> pointers = new Pasids(0).pointers(1, entry);
        Pointer first = pointers.get(0);
        Map<Long, Long> memory =
                Map.of(
                        TABLE,
                        VtdSecondFormat.INSTANCE.tableEntry(0x2000, 3),
                        0x2000L,
                        VtdSecondFormat.INSTANCE.leafEntry(7L << 30, 3, Access.READ));

        assertEquals(0x5000, first.address());
        assertEquals("page table of PML4Es", first.to().title());
        assertEquals((7L << 30) + 0x5000, first.physical(at -> memory.getOrDefault(at, 0L)));
        assertEquals(Pointer.NOWHERE, first.physical(at -> 0));
        assertEquals(TABLE, pointers.get(1).physical(at -> 0));
    }

    @Test
    void shouldLeadNowhereFromAnEntryThatIsNotPresent() {
        assertEquals(List.of(), new Directory(128).pointers(0, new long[] {TABLE}));
        assertEquals(List.of(), new Pasids(0).pointers(0, new long[8]));
        assertEquals(List.of(), new Legacy(0).pointers(0, new long[] {TABLE, 0}));
    }

    @Test
    void shouldLeadNowhereWithoutARootTable() {
        assertEquals(List.of(), VtdTables.of(TABLE | RootTable.ABORT << 10));
    }
}
