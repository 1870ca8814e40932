/**
 * Page-table formats: the walk as a pure step machine, the editor that maps and unmaps.
 *
 * <p>A {@link svasim.paging.StageFormat} knows the bits of entries, a {@link svasim.paging.Stage}
 * is one set of tables as a context selects it, a {@link svasim.paging.TableWalk} goes through one
 * or two stages. A walk knows neither clock nor memory nor cache: whoever drives it feeds it the
 * words that it asks for, over simulated time or at once.
 *
 * <p>Formats: x86-64 (processors, VT-d first stage), VT-d second stage, both stages of VMSAv8-64.
 */
package svasim.paging;
