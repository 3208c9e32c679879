import { createBarcode } from 'barcode-images';

export const handler = async (event) => createBarcode(event.parcel);
