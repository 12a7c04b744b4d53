package com.example.newsvendor;

/**
 * What a bakery's shop sells. Money is in euros a piece.
 *
 * @param name in column names
 * @param purchasePrice what the shop pays
 * @param usualPrice what customers pay
 * @param salvage what a piece brings that is left over in the evening
 */
record Product(String name, double purchasePrice, double usualPrice, double salvage) {
    /** What a piece costs that a customer asked for in vain: its margin. */
    double shortagePrice() {
        return usualPrice - purchasePrice;
    }

    /** What a piece costs that is left over. */
    double surplusPrice() {
        return purchasePrice - salvage;
    }
}
