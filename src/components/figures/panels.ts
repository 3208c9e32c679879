/** How things look in the drawings of TwoPanels; PanelDrawing has a class for each. */
export type PanelLook = 'warm' | 'hatched' | 'bad' | 'dashed';

/** Drawings are made for these widths, about the pixels that they get: two beside each other, and one on a phone. */
export const panelWidths = { wide: 430, narrow: 300 } as const;
