/**
 * Page-table formats: the walk as a pure step machine, the editor that maps and unmaps.
 *
 * <p>A walk knows neither clock nor memory nor cache: whoever drives it feeds it the words that it
 * asks for, over simulated time or at once.
 */
package svasim.paging;
