package svasim.check;

import svasim.trace.Kind;

/** I-08. */
final class UpdatesHitLiveTables extends Rule {
    private final FreedTables tables;

    UpdatesHitLiveTables(FreedTables tables) {
        super(
                "I-08",
                "Accessed and dirty bits are set in tables that are in use only.",
                Kind.WALK_UPDATED,
                Kind.FRAME_FREED,
                Kind.FRAME_ALLOCATED);
        this.tables = tables;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() != Kind.WALK_UPDATED) {
            tables.on(seen);
        } else if (tables.of(seen.a()) != null) {
            docket.broken(this, Finding.of("a walk writes into a freed table").frame(seen.a()));
        }
    }
}
