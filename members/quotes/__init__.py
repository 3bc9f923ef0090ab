"""What care would cost (simulations, quotes), prior agreements and requests for reimbursement."""
